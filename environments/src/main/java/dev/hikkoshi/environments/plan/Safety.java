package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Intent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether anything may be written at all (rule 16), and what a look adds to the record. */
final class Safety {

  /** A look takes seconds; what is older was seen before the machine slept, or by another clock. */
  private static final Duration OLDEST_LOOK = Duration.ofMinutes(2);

  /** AWS's time is known to about a second. */
  private static final Duration EARLIER = Duration.ofSeconds(5);

  private Safety() {}

  static boolean mayWrite(Draft d) {
    return d.require(account(d)) & d.require(remembered(d)) & d.require(ofNow(d));
  }

  /**
   * What was seen is judged by the time. Where the clock was put right in between, or the machine
   * slept, windows and ages would be of another time than the judgement.
   */
  private static Check ofNow(Draft d) {
    Duration age = Duration.between(d.observed.at(), d.now);
    boolean ofNow = age.compareTo(OLDEST_LOOK) <= 0 && age.plus(EARLIER).isPositive();
    Verdict verdict =
        ofNow
            ? Verdict.pass("what was seen is of now")
            : Verdict.unknown(
                "seen at %s and judged at %s: the clock was put right, or the machine slept; the next pass looks again"
                    .formatted(d.observed.at(), d.now));
    return new Check("time", d.desired.environment(), verdict);
  }

  /** Whatever hangs on clusters cannot be judged while EKS does not say which there are. */
  static void unlisted(Draft d) {
    if (d.observed.clusters() instanceof Unknown<?>(String what, String why)) {
      String sentence = what + " could not be listed: " + why;
      d.await(Wait.Kind.UNKNOWN, d.desired.environment(), sentence);
    }
  }

  private static Check account(Draft d) {
    Verdict verdict =
        switch (d.observed.account()) {
          case Unknown<String>(_, String why) ->
              Verdict.unknown("the credentials' account could not be read: " + why);
          case Known<String>(String is) when is.equals(d.desired.account()) -> Verdict.pass(is);
          case Known<String>(String is) ->
              Verdict.fail("credentials are of %s, not %s".formatted(is, d.desired.account()));
        };
    return new Check("account", d.desired.environment(), verdict);
  }

  /**
   * A cluster with our tag that the record does not know, or knows under another identity, means
   * that the record was lost or is not ours: then nothing is written.
   */
  private static Check remembered(Draft d) {
    List<String> odd =
        d.observed.clusters().known().orElse(List.of()).stream()
            .filter(seen -> !known(seen, d.record.cluster(seen.name())) && !toAdopt(d, seen))
            .map(ClusterSeen::name)
            .toList();
    Verdict verdict =
        odd.isEmpty()
            ? Verdict.pass("every cluster with our tag is in the record")
            : Verdict.fail(
                "clusters %s carry our tag but are not in the record, or with another identity: was"
                        .formatted(odd)
                    + " the record lost, or a cluster made again by hand?");
    return new Check("record", d.desired.environment(), verdict);
  }

  /** Somebody else's until it is adopted: that it is not in the record is as it must be. */
  private static boolean toAdopt(Draft d, ClusterSeen seen) {
    return d.desired.adopt().map(Adopt::cluster).filter(seen.name()::equals).isPresent()
        && d.record.cluster(seen.name()).isEmpty()
        && !d.desired.environment().equals(seen.tags().get(EksGateway.ENVIRONMENT_TAG));
  }

  /**
   * What leads into a cluster that was there before is not all on routes: before it goes, all that
   * it ever had is searched for.
   */
  private static void ends(Draft d) {
    for (ClusterRecord cluster : d.record.clusters().values()) {
      if (cluster.adopted().isPresent() && cluster.life().exists()) {
        d.inside(cluster.name()).known().stream()
            .flatMap(inside -> inside.ends().stream())
            .filter(end -> !cluster.ends().containsValue(end))
            .sorted()
            .forEach(end -> d.record = d.record.change(cluster.name(), c -> c.withEnd(end, end)));
      }
    }
  }

  private static boolean known(ClusterSeen seen, Optional<ClusterRecord> record) {
    return record.filter(c -> c.identity().map(seen.identity()::equals).orElse(true)).isPresent();
  }

  /** What an interrupted write of traffic was to replace, and by what. */
  private static Optional<Fact.Weights> meant(Draft d, Intent intent) {
    return d.record.routes().values().stream()
        .filter(route -> Action.TrafficWrite.key(route.name()).equals(intent.key()))
        .filter(route -> route.intended().isPresent())
        .map(
            route ->
                Fact.Weights.of(
                    route.name(),
                    route.lastWritten().orElse(Sides.none()),
                    route.intended().orElseThrow()))
        .findFirst();
  }

  /** Interrupted effects are told and forgotten; identities are remembered from the first look. */
  static void remember(Draft d) {
    for (Intent intent : d.record.intents()) {
      d.record = d.record.end(intent.id());
      Optional<Fact.Weights> weights = meant(d, intent);
      d.log(
          "interrupted, looking again: " + intent.sentence(),
          new Fact.Effect(intent.id(), intent.key(), Fact.Ending.INTERRUPTED, weights));
    }
    for (ClusterSeen seen : d.observed.clusters().known().orElse(List.of())) {
      if (d.record.cluster(seen.name()).filter(c -> c.identity().isEmpty()).isPresent()) {
        d.record = d.record.change(seen.name(), c -> c.with(seen.identity()));
      }
    }
    ends(d);
  }
}
