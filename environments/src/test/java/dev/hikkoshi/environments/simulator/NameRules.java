package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.record.ClusterRecord;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A name is not an identity: what somebody else made under a name of ours is never taken for ours,
 * and whoever has to do something about it is told. That nothing of it is touched is looked at
 * where it would be ({@link SimEks}).
 */
final class NameRules {

  private final World world;
  private final Consumer<String> broken;
  private final Consumer<String> sometimes;

  NameRules(World world, Consumer<String> broken, Consumer<String> sometimes) {
    this.world = world;
    this.broken = broken;
    this.sometimes = sometimes;
  }

  /**
   * Looks at what a pass came to.
   *
   * @param calm nothing went wrong in it, and nobody did anything since the one before
   */
  void after(Pass.Report report, boolean calm) {
    for (Cluster theirs : world.namesakes.clusters()) {
      boolean ours =
          report
              .record()
              .cluster(theirs.name)
              .flatMap(ClusterRecord::identity)
              .filter(theirs.identity::equals)
              .isPresent();
      if (ours) {
        broken.accept("a stranger's cluster is not adopted for its name: " + theirs.name);
      }
    }
    for (Cluster theirs : world.namesakes.tagged()) {
      if (calm && report.observed().isPresent()) {
        tagged(report, theirs);
      }
    }
    met(report);
  }

  /** Our tag on another cluster of the same name: nobody knows what to believe any more. */
  private void tagged(Pass.Report report, Cluster theirs) {
    if (!report.done().isEmpty()) {
      broken.accept(
          "nothing is written while a cluster of ours is another one: "
              + report.done().getFirst().action().why());
    }
    boolean told = evidence(report, "record").filter(e -> e.contains(theirs.name)).isPresent();
    if (!told) {
      broken.accept("a cluster of ours that is another one is told: " + theirs.name);
    }
  }

  private static Optional<String> evidence(Pass.Report report, String check) {
    return report.plan().checks().stream()
        .filter(c -> c.name().equals(check) && !c.passed())
        .map(c -> c.verdict().evidence())
        .findFirst();
  }

  private void met(Pass.Report report) {
    if (!world.namesakes.tagged().isEmpty() && evidence(report, "record").isPresent()) {
      sometimes.accept("cluster made again by a stranger");
    }
    if (evidence(report, "cluster-there").isPresent()) {
      sometimes.accept("cluster deleted by a stranger");
    }
    for (Pass.Done done : report.done()) {
      if (done.outcome() instanceof Outcome.Refused(String code, _)) {
        switch (code) {
          case SimEks.TAKEN -> sometimes.accept("name of a cluster taken");
          case SimBalancers.TAKEN -> sometimes.accept("name of a target group taken");
          default -> {}
        }
      }
    }
  }
}
