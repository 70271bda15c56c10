package dev.hikkoshi.cli;

import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.command.AdoptCommand;
import dev.hikkoshi.cli.command.ApproveCommand;
import dev.hikkoshi.cli.command.BuildCommand;
import dev.hikkoshi.cli.command.CompletionCommand;
import dev.hikkoshi.cli.command.CompletionCommand.Shell;
import dev.hikkoshi.cli.command.DiffCommand;
import dev.hikkoshi.cli.command.DoctorCommand;
import dev.hikkoshi.cli.command.ElsewhereCommands;
import dev.hikkoshi.cli.command.ExplainCommand;
import dev.hikkoshi.cli.command.FreezeCommand;
import dev.hikkoshi.cli.command.HandoverCommand;
import dev.hikkoshi.cli.command.HistoryCommand;
import dev.hikkoshi.cli.command.HoldCommand;
import dev.hikkoshi.cli.command.InitCommand;
import dev.hikkoshi.cli.command.PlanCommand;
import dev.hikkoshi.cli.command.RenderCommand;
import dev.hikkoshi.cli.command.ReportCommand;
import dev.hikkoshi.cli.command.ResumeCommand;
import dev.hikkoshi.cli.command.ReturnCommand;
import dev.hikkoshi.cli.command.RightsCommand;
import dev.hikkoshi.cli.command.SkipCommand;
import dev.hikkoshi.cli.command.StatusCommand;
import dev.hikkoshi.cli.command.ThawCommand;
import dev.hikkoshi.cli.command.TrainCommand;
import dev.hikkoshi.cli.command.ValidateCommand;
import dev.hikkoshi.cli.command.VerifyCommand;
import dev.hikkoshi.cli.command.VersionCommand;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.cli.output.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Spec;

/** The command line: {@code hikkoshi COMMAND}. */
@Command(
    name = "hikkoshi",
    description = {"Never upgrade a cluster: build the next one and move the traffic over.", ""},
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.Provider.class,
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi demo                               see a whole move and its return, on this"
          + " machine",
      "  hikkoshi validate                           what is wrong with the environments in this"
          + " folder",
      "  hikkoshi plan shop                          what they would do, danger first",
      "  hikkoshi render -f helmfile.yaml            manifests, as helmfile template prints them",
      "  hikkoshi doctor --folder .                  what would hurt before the first move",
      "  hikkoshi status -w                          where the traffic is, live",
      "  hikkoshi return shop --reason \"it fails\"     bring the traffic home, now",
      "  hikkoshi resume shop --reason \"all is well\"  lift what holds",
      "",
      "Exit codes: 0 done, 1 error, 2 changes (plan, diff), 3 refused by a rule or a hold,",
      "4 timed out, 5 could not be read, 64 wrong usage, 130 interrupted.",
      "HIKKOSHI_NAMESPACE stands for --namespace, and so for every flag. NO_COLOR is obeyed.",
      ""
    })
public final class HikkoshiCommand implements Callable<Integer> {

  private static final String COMPLETION = "completion";

  /** By name, in the order of the help. */
  private static final Map<String, Class<?>> COMMANDS = commands();

  private final Session session;
  private final Worker worker;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  HikkoshiCommand(Session session, Worker worker) {
    this.session = session;
    this.worker = worker;
  }

  /** Runs one command and ends the process with its code. */
  static void run(Session session, Worker worker, String[] args) {
    // Libraries log through SLF4J; a command has nowhere to log and says what matters itself.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int code = commandLine(session, worker, args).execute(args);
    session.err().flush();
    Runtime.getRuntime().exit(written(session, code));
  }

  /** A command whose data did not arrive did not do what it was asked for. */
  private static int written(Session session, int code) {
    Optional<String> failure =
        session.out() instanceof DataWriter out ? out.failure() : Optional.empty();
    failure.ifPresent(why -> session.say("hikkoshi: the output could not be written: " + why));
    return failure.isPresent() ? Exit.ERROR.code() : code;
  }

  private static Map<String, Class<?>> commands() {
    Map<String, Class<?>> commands = new LinkedHashMap<>();
    commands.put("init", InitCommand.class);
    commands.put("adopt", AdoptCommand.class);
    commands.put("validate", ValidateCommand.class);
    commands.put("plan", PlanCommand.class);
    commands.put("build", BuildCommand.class);
    commands.put("render", RenderCommand.class);
    commands.put("diff", DiffCommand.class);
    commands.put("doctor", DoctorCommand.class);
    commands.put("status", StatusCommand.class);
    commands.put("explain", ExplainCommand.class);
    commands.put("history", HistoryCommand.class);
    commands.put("report", ReportCommand.class);
    commands.put("verify", VerifyCommand.class);
    commands.put("hold", HoldCommand.class);
    commands.put("return", ReturnCommand.class);
    commands.put("resume", ResumeCommand.class);
    commands.put("approve", ApproveCommand.class);
    commands.put("skip", SkipCommand.class);
    commands.put("freeze", FreezeCommand.class);
    commands.put("thaw", ThawCommand.class);
    commands.put("handover", HandoverCommand.class);
    commands.put("rights", RightsCommand.class);
    commands.put("run", ElsewhereCommands.Run.class);
    commands.put("sandbox", ElsewhereCommands.Sandbox.class);
    commands.put("demo", ElsewhereCommands.Demo.class);
    commands.put("tools", ElsewhereCommands.Tools.class);
    commands.put("version", VersionCommand.class);
    commands.put(COMPLETION, CompletionCommand.class);
    commands.put("train", TrainCommand.class);
    return commands;
  }

  /** The whole command line over some surroundings. */
  public static CommandLine commandLine(Session session) {
    return commandLine(session, new String[0]);
  }

  /**
   * The command line as far as some words need it: describing all commands to picocli takes longer
   * than many a command does. Where the first word is no command, or one that looks at all others,
   * it is the whole.
   */
  public static CommandLine commandLine(Session session, String... words) {
    return commandLine(session, new Worker(session), words);
  }

  private static CommandLine commandLine(Session session, Worker worker, String... words) {
    Mistakes mistakes = new Mistakes(session);
    CommandLine line = new CommandLine(new HikkoshiCommand(session, worker));
    String first = words.length == 0 || words[0].equals(COMPLETION) ? "" : words[0];
    Class<?> alone = COMMANDS.get(first);
    if (alone == null) {
      COMMANDS.forEach(line::addSubcommand);
    } else {
      line.addSubcommand(first, alone);
    }
    line.setOut(session.out());
    line.setErr(session.err());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            session.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setDefaultValueProvider(new Variables(session.environment()));
    line.registerConverter(Format.class, new Words<>(Format.class));
    line.registerConverter(Shell.class, new Words<>(Shell.class));
    line.setParameterExceptionHandler(mistakes::usage);
    line.setExecutionExceptionHandler(mistakes::failed);
    examplesFirst(line);
    return line;
  }

  /** People look for an example before they read. */
  private static void examplesFirst(CommandLine line) {
    line.setHelpSectionKeys(
        List.of(
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            UsageMessageSpec.SECTION_KEY_FOOTER,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST));
    UsageMessageSpec usage = line.getCommandSpec().usageMessage().width(100);
    String[] said = usage.description();
    if (said.length > 0 && !said[said.length - 1].isEmpty()) {
      usage.footerHeading("%n" + usage.footerHeading());
    }
    line.getSubcommands().values().forEach(HikkoshiCommand::examplesFirst);
  }

  /** The whole command line, as it was given. */
  public List<String> arguments() {
    return spec.commandLine().getParseResult().originalArgs();
  }

  public Session session() {
    return session;
  }

  /** For the one command that is run: whoever uses it closes it. */
  public Worker worker() {
    return worker;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(session.out());
    return Exit.OK.code();
  }
}
