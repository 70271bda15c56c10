package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.simulator.Invariants.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How an environment ends once it has come to rest, and that nothing of it is done afterwards. */
final class Endings {

  private final Simulation of;
  private final Options options;

  Endings(Simulation of, Options options) {
    this.of = of;
    this.options = options;
  }

  /**
   * The environment is decommissioned. Its clusters stay while anything names them, then all of
   * them go, and nothing is built any more whatever is committed.
   */
  void decommission() {
    of.invariants.ending = true;
    of.committer.commit(
        of.committer.wish().stance(new Stance(Optional.empty(), true, false)), "decommissioned");
    Set<String> before = Set.copyOf(of.world.clusters.keySet());
    for (int passes = 0; passes < 20; passes++) {
      of.controller.tick();
    }
    if (of.record().clusters().values().stream()
        .anyMatch(c -> c.life() instanceof ClusterLife.Serving && !before.contains(c.name()))) {
      throw new Violation("decommissioned, and another cluster serves: " + of.state());
    }
    of.chronicle.event("person: takes everything off the routes");
    of.world.dns.write(List.of(), true);
    of.world.alb.write(List.of(), true);
    for (int passes = 0; !of.world.clusters.isEmpty() || of.record().existing() > 0; passes++) {
      if (passes > Simulation.MOST_PASSES) {
        throw new Violation("was not ended: " + of.state());
      }
      of.committer.changeMode();
      of.controller.tick();
    }
    of.chronicle.sometimes.happened("ended");
    of.committer.anotherVersion();
    for (int passes = 0; passes < 10; passes++) {
      of.controller.tick();
    }
    if (!of.world.clusters.isEmpty() || !of.world.alb.sides().of().isEmpty()) {
      throw new Violation("decommissioned and written again: " + of.state());
    }
  }

  /** It is refused while a cluster goes; then a person waits for that. */
  private void leave() {
    Leave leave = new Leave("miyake", "we go on without", of.world.time.instant());
    if (leave.refusal(of.record()).isEmpty()) {
      of.chronicle.event("person: hands the environment over");
      of.store.put(leave.on(of.record()));
    }
  }

  /**
   * A person takes the environment away. Nothing of it is written any more afterwards, whatever is
   * committed.
   */
  void handOver() {
    for (int passes = 0; !of.record().handedOver(); passes++) {
      if (passes > Simulation.MOST_PASSES) {
        throw new Violation("was not handed over: " + of.state());
      }
      leave();
      of.committer.changeMode();
      of.controller.tick();
    }
    of.committer.acts();
    of.world.pass(Duration.ofSeconds(30));
    String left =
        of.world.dns.sides() + "; " + of.world.alb.sides() + "; " + of.world.clusters.keySet();
    if (of.world.clusters.values().stream()
            .anyMatch(c -> c.tags.containsKey(EksGateway.ENVIRONMENT_TAG))
        || of.world.alb.groups.values().stream().anyMatch(g -> options.alb() && g.ours)) {
      throw new Violation("handed over and still tagged as ours: " + left);
    }
    of.chronicle.sometimes.happened("handed over");
    of.committer.anotherVersion();
    for (int passes = 0; passes < 10; passes++) {
      of.controller.tick();
    }
    String now =
        of.world.dns.sides() + "; " + of.world.alb.sides() + "; " + of.world.clusters.keySet();
    if (!now.equals(left)) {
      throw new Violation("written after the handover: %s became %s".formatted(left, now));
    }
  }
}
