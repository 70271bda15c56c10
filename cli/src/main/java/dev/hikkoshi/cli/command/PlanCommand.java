package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.Ranges;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.cluster.ClusterOptions;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.definitions.Chosen;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.cli.definitions.FetchedCommit;
import dev.hikkoshi.cli.definitions.RemoteCommit;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.view.PlanDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a definition would do, against what is remembered. */
@Command(
    name = "plan",
    header = "Say what a definition would do, danger first.",
    description = {
      "Say what a definition would do: danger first, and from where on a revert means building"
          + " again.",
      "Exit code 2 when there are changes, 0 without, 5 when the record could not be read.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi plan                            every environment of this folder",
      "  hikkoshi plan shop --folder envs         one of them",
      "  hikkoshi plan --git https://git.example.com/envs.git --commit 1a2b3c4d5e",
      "  hikkoshi plan shop --offline             as for a new environment, without a cluster",
      ""
    })
public final class PlanCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "ENV",
      description = "Name of the environment (default: all).")
  private @Nullable String environment;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = {
        "Where the environments are: a folder, or one of the repository",
        "(default: this one, or its root)."
      })
  private @Nullable String folder;

  @Option(names = "--git", paramLabel = "URL", description = "Read a repository instead.")
  private @Nullable String git;

  @Option(names = "--branch", paramLabel = "NAME", description = "Its branch (default: main).")
  private @Nullable String branch;

  @Option(
      names = "--commit",
      paramLabel = "REV",
      description = "Its commit, full or shortened (default: the branch's head).")
  private @Nullable String commit;

  @Option(
      names = "--credentials",
      paramLabel = "DIR",
      description = "Files username and password, or identity and known_hosts.")
  private @Nullable Path credentials;

  @Option(
      names = "--offline",
      description =
          "Ask nobody, neither a management cluster nor chart servers: plan as for a new environment.")
  private boolean offline;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Override
  Exit run() {
    List<PlanDocument> plans;
    try (Worker worker = new Worker(session())) {
      plans = git == null ? ofFolder(worker) : ofRepository(git, worker);
    }
    switch (format()) {
      case JSON, YAML ->
          print("Plan", plans.stream().map(PlanText::document).toList(), environment != null);
      case NAME ->
          plans.stream()
              .filter(PlanDocument::changes)
              .forEach(p -> print("environment/" + p.environment()));
      case TABLE, WIDE -> print(PlanText.lines(plans, paint()));
    }
    return plans.stream().anyMatch(PlanDocument::changes) ? Exit.CHANGES : Exit.OK;
  }

  private List<PlanDocument> ofFolder(Worker worker) {
    if (branch != null || commit != null || credentials != null) {
      throw new CliException(
          Exit.USAGE, "--branch, --commit and --credentials belong to --git URL", "");
    }
    Path given = Path.of(Optional.ofNullable(folder).orElse("."));
    return plans(
        DefinitionFiles.ofFolder(given, session().folder(), worker.templates(), worker.secrets()),
        Optional.empty(),
        worker);
  }

  private List<PlanDocument> ofRepository(String url, Worker worker) {
    RemoteCommit wanted =
        new RemoteCommit(
            url,
            Optional.ofNullable(branch).orElse("main"),
            Optional.ofNullable(commit),
            Optional.ofNullable(folder).filter(f -> !f.equals(".")).orElse(""),
            Optional.ofNullable(credentials));
    try (FetchedCommit fetched = wanted.read(session(), worker.templates(), worker.secrets())) {
      return plans(fetched.files(), Optional.of(fetched), worker);
    }
  }

  private List<PlanDocument> plans(
      DefinitionFiles files, Optional<FetchedCommit> history, Worker worker) {
    List<Definition> wanted = Chosen.of(files, Optional.ofNullable(environment), session());
    if (offline || !cluster.named(session())) {
      session()
          .say(
              offline
                  ? "offline: planned as for a new environment"
                  : "no kubeconfig: planned as for a new environment (--offline says so)");
      Ranges ranges =
          offline ? Ranges.offline() : Ranges.asking(worker, Optional.empty(), session()::say);
      Planning planning =
          new Planning(files.commit(), ranges, new OldSide(history, worker, ranges));
      return wanted.stream().map(d -> planning.of(d, EnvironmentRecord.fresh(d.name()))).toList();
    }
    try (ManagementCluster management = cluster.open(session())) {
      Ranges ranges = Ranges.asking(worker, Optional.of(management.charts()), session()::say);
      Planning planning =
          new Planning(files.commit(), ranges, new OldSide(history, worker, ranges));
      return wanted.stream().map(d -> planning.of(d, record(management, d.name()))).toList();
    }
  }

  private record Planning(String commit, Ranges ranges, OldSide old) {

    PlanDocument of(Definition definition, EnvironmentRecord record) {
      Ranges.Planned planned = ranges.of(definition);
      Desired desired =
          planned
              .definition()
              .toDesired(commit, Measuring.standard(), old.judge(definition, record));
      return PlanDocument.of(desired, record).with(planned.charts());
    }
  }

  private EnvironmentRecord record(ManagementCluster management, String name) {
    Optional<Known> known = management.reader().find(name);
    if (known.isEmpty()) {
      session()
          .say(
              "%s is not known in %s: planned as for a new environment"
                  .formatted(name, management.place()));
      return EnvironmentRecord.fresh(name);
    }
    return switch (known.get().record()) {
      case Observation.Known<EnvironmentRecord>(EnvironmentRecord record) -> record;
      case Observation.Unknown<EnvironmentRecord>(String what, String why) ->
          throw new CliException(
              Exit.UNREADABLE,
              "%s of %s could not be read: %s".formatted(what, name, why),
              "--offline plans as for a new environment.");
    };
  }
}
