package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.EnvironmentReader.Named;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Times;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code spec.cluster}: which file describes it, and what is said beside it. */
final class ClusterSection {

  /** As EKS allows it (CreateCluster). */
  private static final Pattern EKS_NAME = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]{0,99}");

  private static final Duration ABANDON_AFTER = Duration.ofHours(24);

  private final Type<String> path;
  private Optional<Named> config = Optional.empty();
  private Optional<Named> adopt = Optional.empty();
  private Duration abandonAfter = ABANDON_AFTER;
  private int number;

  /**
   * A section that was not read yet.
   *
   * @param path reads a file's path
   */
  ClusterSection(Type<String> path) {
    this.path = path;
  }

  Optional<String> read(Fields fields) {
    config =
        fields
            .need("config", path, "config: cluster.yaml")
            .map(file -> new Named(file, fields.place("config")));
    number = fields.get("number", Types.integer(1, 1_000_000), 0);
    fields.get("emergency", ClusterSection::none);
    adopt =
        fields.get("adopt", adoptable()).map(cluster -> new Named(cluster, fields.place("adopt")));
    abandonAfter = fields.get("abandonAfter", Times.duration(), ABANDON_AFTER);
    return fields.make(() -> config.orElseThrow().name());
  }

  Optional<Named> config() {
    return config;
  }

  /** The cluster that was there before. */
  Optional<Named> adopt() {
    return adopt;
  }

  /** 0 when absent. */
  int number() {
    return number;
  }

  Duration abandonAfter() {
    return abandonAfter;
  }

  /** Only one environment may adopt a cluster. */
  Optional<Claim> claim(String account, String region) {
    return adopt.map(
        named ->
            new Claim(
                "the EKS cluster %s (account %s, %s)".formatted(named.name(), account, region),
                named.place()));
  }

  /** A cluster of that name could not be told from a side that is no cluster. */
  private static Type<String> adoptable() {
    return Types.text(EKS_NAME, "the name of an EKS cluster")
        .then(
            (text, node, problems) -> {
              if (text.equals(External.SIDE)) {
                problems.add(node.place(), "a cluster cannot be called " + text + " here");
                return Optional.empty();
              }
              return Optional.of(text);
            });
  }

  /** {@code emergency: []} says what is so anyway. */
  private static Optional<String> none(Node node, Problems problems) {
    if (node instanceof Sequence list && list.items().isEmpty()) {
      return Optional.of("");
    }
    problems.add(node.place(), "not yet: emergency", "an older cluster is never changed");
    return Optional.empty();
  }
}
