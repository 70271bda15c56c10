package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ClusterOptions;
import dev.hikkoshi.cli.cluster.ManagementCluster;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.cli.output.ShortTime;
import dev.hikkoshi.clusters.record.StatusReader.Known;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where the traffic is, why, what happens next, how to go back. */
@Command(
    name = "status",
    header = "Say where the traffic is, why, what happens next and how to go back.",
    description = "Say where the traffic is, why, what happens next and how to go back.",
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi status             every environment",
      "  hikkoshi status shop -w     live; Ctrl-C ends the looking, not the move",
      "  hikkoshi status -w -o json  one JSON object a line, whenever something changed",
      ""
    })
public final class StatusCommand extends Subcommand {

  @Parameters(arity = "0..*", paramLabel = "ENV", description = "Names (default: all).")
  private List<String> names = new ArrayList<>();

  @Option(
      names = {"-w", "--watch"},
      description = "Go on looking.")
  private boolean watch;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = ShortTime.class,
      description = "Time between two looks with -w: 500ms, 2s, 1m (default: 1s).")
  private Duration every = Duration.ofSeconds(1);

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Override
  Exit run() {
    try (ManagementCluster management = cluster.open(session())) {
      if (watch) {
        new Watching(session(), format(), every).run(() -> look(management));
        return Exit.OK;
      }
      Look look = look(management);
      switch (format()) {
        case JSON, YAML -> print("EnvironmentStatus", look.documents(), names.size() == 1);
        case NAME, TABLE, WIDE -> print(look.lines());
      }
      return look.complete() ? Exit.OK : Exit.UNREADABLE;
    }
  }

  /**
   * One look.
   *
   * @param complete whether every environment could be read
   */
  record Look(List<String> lines, List<ObjectNode> documents, boolean complete) {}

  private Look look(ManagementCluster management) {
    StatusText text = new StatusText(paint(), session().clock().instant(), format() == Format.WIDE);
    List<String> lines = new ArrayList<>();
    List<ObjectNode> documents = new ArrayList<>();
    boolean complete = true;
    for (Known known : management.environments(names)) {
      if (format() == Format.NAME) {
        lines.add("environment/" + known.name());
        continue;
      }
      if (!lines.isEmpty()) {
        lines.add("");
      }
      switch (known.view()) {
        case Observation.Known<EnvironmentView>(EnvironmentView view) -> {
          lines.addAll(text.lines(view));
          documents.add(text.document(known.name(), view));
        }
        case Observation.Unknown<EnvironmentView>(String what, String why) -> {
          complete = false;
          lines.add("? %s: %s could not be read: %s".formatted(known.name(), what, why));
          session().say("%s of %s could not be read: %s".formatted(what, known.name(), why));
        }
      }
    }
    return new Look(lines, documents, complete);
  }
}
