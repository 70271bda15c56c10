package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Rule 13 by the world's own books: what had users goes late, and with a person's word. */
final class EndRules implements Watch {

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final Supplier<Wishes> wish;
  private final Consumer<String> broken;

  EndRules(
      World world,
      Supplier<EnvironmentRecord> record,
      Supplier<Wishes> wish,
      Consumer<String> broken) {
    this.world = world;
    this.record = record;
    this.wish = wish;
    this.broken = broken;
  }

  @Override
  public void destroying(Cluster cluster, String what) {
    boolean served = record.get().cluster(cluster.name).flatMap(ClusterRecord::served).isPresent();
    // An environment that ends was asked to, and what named its clusters was taken away.
    if (!served || wish.get().stance().decommissioned()) {
      return;
    }
    if (!wish.get().approved().contains(cluster.name)) {
      broken.accept("nobody approved: " + what + " of " + cluster.name);
    }
    Instant from = cluster.lastShare.plus(wish.get().retireAfter());
    // By the clock of whoever counts it may be so much later than it is.
    Instant now = world.time.instant().plus(world.precision);
    if (now.isBefore(from) && !world.overtaken(cluster)) {
      broken.accept(
          "kept as long as it says: %s of %s before %s".formatted(what, cluster.name, from));
    }
  }

  /** It is the dearest look of all: every record of an account, every rule of its balancers. */
  @Override
  public void searched() {
    // Before its first answer a process may take it for any time.
    boolean clocksAreRight = world.precision.isZero();
    if (clocksAreRight && record.get().clusters().values().stream().noneMatch(this::mayGo)) {
      broken.accept(
          "all records are read only while a cluster may go: " + record.get().clusters().values());
    }
  }

  private boolean mayGo(ClusterRecord cluster) {
    if (wish.get().stance().decommissioned()) {
      return true;
    }
    return switch (cluster.life()) {
      case ClusterLife.Retiring _ -> true;
      case ClusterLife.Drained life -> due(cluster, life.since());
      case ClusterLife.Abandoned life -> due(cluster, life.since());
      case ClusterLife.Building _, ClusterLife.Serving _, ClusterLife.Kept _, ClusterLife.Gone _ ->
          false;
    };
  }

  private boolean due(ClusterRecord cluster, Instant since) {
    boolean approved = wish.get().approved().contains(cluster.name());
    return (approved || cluster.served().isEmpty())
        && world.time.past(since.plus(wish.get().retireAfter()));
  }
}
