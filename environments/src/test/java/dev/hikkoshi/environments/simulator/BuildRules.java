package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Rule 2 by the world's own books: releases come into a cluster that is built, with its node groups
 * and add-ons active, everybody let in who should be, and service accounts with their roles.
 */
final class BuildRules {

  private final World world;
  private final Consumer<String> broken;

  BuildRules(World world, Consumer<String> broken) {
    this.world = world;
    this.broken = broken;
  }

  /** Looks at what a pass that nothing disturbed came to. */
  void after(Wish wish, EnvironmentRecord before, EnvironmentRecord now) {
    Optional<MoveRecord> built =
        now.move()
            .filter(m -> m.phase() instanceof MovePhase.Syncing)
            .filter(m -> before.move().filter(b -> builds(b, m)).isPresent());
    if (built.isPresent() && wish.desired().isPresent()) {
      look(built.get().to(), wish.desired().get().cluster());
    }
  }

  private static boolean builds(MoveRecord before, MoveRecord now) {
    return before.id().equals(now.id()) && before.phase() instanceof MovePhase.Building;
  }

  private void look(String name, DesiredCluster wanted) {
    Cluster cluster = world.clusters.get(name);
    if (cluster == null) {
      broken.accept("a cluster is built before it is filled: there is no " + name);
      return;
    }
    wanted
        .nodegroups()
        .forEach(
            spec -> {
              Nodegroup nodes = cluster.nodes.get(spec.name());
              there(nodes != null && world.time.past(nodes.activeAt), name, spec.name());
            });
    wanted
        .addons()
        .forEach(
            spec -> {
              var active = cluster.addons.get(spec.name());
              there(active != null && world.time.past(active), name, spec.name());
            });
    wanted
        .accessEntries()
        .forEach(
            spec -> {
              var policies = cluster.entries.get(spec.principalArn());
              boolean whole = policies != null && policies.containsAll(spec.policyArns());
              there(whole, name, spec.principalArn());
            });
    wanted
        .podIdentities()
        .forEach(
            spec -> {
              boolean has = spec.roleArn().equals(cluster.roles().get(spec.account()));
              there(has, name, spec.account());
            });
  }

  private void there(boolean is, String cluster, String what) {
    if (!is) {
      broken.accept("a cluster is built before it is filled: %s of %s".formatted(what, cluster));
    }
  }
}
