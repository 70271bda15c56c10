package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.definitions.Chosen;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.cli.doctor.Examination;
import dev.hikkoshi.cli.doctor.Outside;
import dev.hikkoshi.environments.check.doctor.Advice;
import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.check.doctor.Doctor;
import dev.hikkoshi.environments.check.doctor.Subject;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.desired.Desired;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What would hurt, before the first move. */
@Command(
    name = "doctor",
    header = "Say what would hurt before the first move, and what to write. Only reads.",
    description = {
      "Say what would hurt before the first move: what, where, why, and what to write. Reads only.",
      "With ENV, AWS and the clusters are asked with your credentials; with --folder alone, nobody.",
      "Exit code 0 when nothing has to be settled, 3 when something has, 5 when something could not",
      "be seen.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi doctor --folder envs            the files alone: charts are rendered, nobody is asked",
      "  hikkoshi doctor shop                     the files of this folder, AWS and the clusters",
      "  hikkoshi doctor shop --offline -o json   for a program",
      ""
    })
public final class DoctorCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "ENV",
      description = "Name of the environment; AWS is asked about it (default: all, files alone).")
  private @Nullable String environment;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where the environments are (default: this one).")
  private @Nullable Path folder;

  @Option(names = "--offline", description = "Ask nobody: the files alone.")
  private boolean offline;

  @Option(
      names = "--dns-server",
      paramLabel = "HOST:PORT",
      description = "Authoritative server to ask for TTLs (default: those of each zone).")
  private List<String> dns = List.of();

  @Override
  Exit run() {
    if (environment == null && folder == null) {
      throw new CliException(
          Exit.USAGE, "of which environment?", "hikkoshi doctor ENV, or --folder DIR");
    }
    Path given = Optional.ofNullable(folder).orElse(Path.of("."));
    List<DoctorText> texts = new ArrayList<>();
    try (Examination examination = Examination.open(session())) {
      DefinitionFiles files =
          DefinitionFiles.ofFolder(
              given, session().folder(), examination.templates(), examination.secrets());
      List<Definition> chosen = Chosen.of(files, Optional.ofNullable(environment), session());
      for (Definition definition : chosen) {
        texts.add(examined(definition, files.commit(), examination));
      }
    }
    switch (format()) {
      case JSON, YAML ->
          print(
              "Examination",
              texts.stream().map(DoctorText::document).toList(),
              environment != null);
      case NAME -> texts.forEach(t -> print(t.names()));
      case TABLE, WIDE -> texts.forEach(t -> print(t.lines()));
    }
    return exit(texts.stream().flatMap(t -> t.advice().stream()).toList());
  }

  private DoctorText examined(Definition definition, String commit, Examination examination) {
    Subject subject = examination.subject(definition, commit);
    if (environment != null && !offline) {
      Desired desired = subject.desired();
      session().say("asking AWS in " + desired.region() + " about " + definition.name());
      try (Outside outside = Outside.open(desired, examination, dns)) {
        subject = subject.with(outside.look(subject));
      }
    }
    return new DoctorText(
        definition.name(),
        Doctor.examine(subject, session().clock().instant()),
        Doctor.notLookedAt(subject),
        paint());
  }

  private static Exit exit(List<Advice> advice) {
    if (advice.stream().anyMatch(a -> a.weight() == Weight.SETTLE)) {
      return Exit.REFUSED;
    }
    return advice.stream().anyMatch(a -> a.weight() == Weight.UNKNOWN) ? Exit.UNREADABLE : Exit.OK;
  }
}
