package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of an environment can be rendered: all of a good one, and of a bad one the releases that no
 * problem of reading touches. Whatever is wrong with rendering them follows from no other problem.
 *
 * @param releases in definition order
 * @param touched the other releases that take part, as far as their names could be read
 * @param facts of the cluster that would be built next; empty when the files do not say them
 */
public record Renderable(
    List<WantedRelease> releases, Set<ReleaseId> touched, Optional<Facts> facts) {

  /** Nothing: neither releases nor a cluster for them. */
  public static final Renderable NOTHING = new Renderable(List.of(), Set.of(), Optional.empty());

  public Renderable {
    releases = List.copyOf(releases);
    touched = Set.copyOf(touched);
  }

  /** What can be rendered of an environment that was read. */
  public static Renderable of(Reading reading) {
    return switch (reading) {
      case Reading.Good(Definition definition) -> of(definition);
      case Reading.Bad bad -> bad.renderable();
    };
  }

  private static Renderable of(Definition definition) {
    DesiredCluster cluster = definition.cluster();
    return new Renderable(
        definition.apps().releases(),
        Set.of(),
        facts(definition.name(), cluster.version(), definition.region(), definition.account()));
  }

  /**
   * Facts of a cluster that is not there yet; empty when one is not known, because a template that
   * asks for it would fail for no reason of its own.
   */
  static Optional<Facts> facts(String name, String version, String region, String account) {
    if (name.isEmpty() || version.isEmpty() || region.isEmpty() || account.isEmpty()) {
      return Optional.empty();
    }
    String cluster = "%s-%s-1".formatted(name, version.replace('.', '-'));
    return Optional.of(new Facts(name, cluster, version, region, account));
  }
}
