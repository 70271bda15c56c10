package dev.hikkoshi.cli;

import dev.hikkoshi.cli.command.BuildCommand;
import dev.hikkoshi.cli.command.CompletionCommand;
import dev.hikkoshi.cli.command.DiffCommand;
import dev.hikkoshi.cli.command.DoctorCommand;
import dev.hikkoshi.cli.command.ElsewhereCommands;
import dev.hikkoshi.cli.command.ExplainCommand;
import dev.hikkoshi.cli.command.HistoryCommand;
import dev.hikkoshi.cli.command.InitCommand;
import dev.hikkoshi.cli.command.PlanCommand;
import dev.hikkoshi.cli.command.RenderCommand;
import dev.hikkoshi.cli.command.ReportCommand;
import dev.hikkoshi.cli.command.ResumeCommand;
import dev.hikkoshi.cli.command.RightsCommand;
import dev.hikkoshi.cli.command.StatusCommand;
import dev.hikkoshi.cli.command.TrainCommand;
import dev.hikkoshi.cli.command.ValidateCommand;
import dev.hikkoshi.cli.command.VersionCommand;
import java.util.List;
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
    subcommands = {
      InitCommand.class,
      ValidateCommand.class,
      PlanCommand.class,
      BuildCommand.class,
      RenderCommand.class,
      DiffCommand.class,
      DoctorCommand.class,
      StatusCommand.class,
      ExplainCommand.class,
      HistoryCommand.class,
      ReportCommand.class,
      ResumeCommand.class,
      RightsCommand.class,
      ElsewhereCommands.Run.class,
      ElsewhereCommands.Sandbox.class,
      ElsewhereCommands.Demo.class,
      ElsewhereCommands.Tools.class,
      VersionCommand.class,
      CompletionCommand.class,
      TrainCommand.class,
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi demo                               see a whole move and its return, on this machine",
      "  hikkoshi validate                           what is wrong with the environments in this folder",
      "  hikkoshi plan shop                          what they would do, danger first",
      "  hikkoshi render -f helmfile.yaml            manifests, as helmfile template prints them",
      "  hikkoshi doctor --folder .                  what would hurt before the first move",
      "  hikkoshi status -w                          where the traffic is, live",
      "  hikkoshi resume shop --reason \"errors gone\" lift what holds",
      "",
      "Exit codes: 0 done, 1 error, 2 changes (plan), 3 refused by a rule or a hold, 4 timed out,",
      "5 could not be read, 64 wrong usage, 130 interrupted.",
      "HIKKOSHI_NAMESPACE stands for --namespace, and so for every flag. NO_COLOR is obeyed.",
      ""
    })
public final class HikkoshiCommand implements Callable<Integer> {

  private final Session session;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  HikkoshiCommand(Session session) {
    this.session = session;
  }

  /** Runs one command and ends the process with its code. */
  public static void main(String[] args) {
    // Libraries log through SLF4J; a command has nowhere to log and says what matters itself.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    Session session = Session.ofProcess();
    int code = commandLine(session).execute(args);
    session.out().flush();
    session.err().flush();
    Runtime.getRuntime().exit(code);
  }

  /** The whole command line over some surroundings. */
  public static CommandLine commandLine(Session session) {
    Mistakes mistakes = new Mistakes(session);
    CommandLine line = new CommandLine(new HikkoshiCommand(session));
    line.setOut(session.out());
    line.setErr(session.err());
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            session.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setDefaultValueProvider(new Variables(session.environment()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
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
    line.getCommandSpec().usageMessage().width(100);
    line.getSubcommands().values().forEach(HikkoshiCommand::examplesFirst);
  }

  public Session session() {
    return session;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(session.out());
    return Exit.OK.code();
  }
}
