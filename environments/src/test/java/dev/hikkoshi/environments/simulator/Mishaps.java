package dev.hikkoshi.environments.simulator;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What befalls clusters and routes: pods that fail or are scaled down, and strangers. */
final class Mishaps {

  private final Scene scene;
  private final Stranger stranger;
  private final NameTaker names;

  /** Its own, so that worlds in which nobody scales are what they were. */
  private final SplittableRandom scales;

  private Instant nextForeign;
  private Instant nextSick;

  Mishaps(Scene scene) {
    this.scene = scene;
    Options options = scene.options();
    this.stranger = new Stranger(scene.world(), options, scene.random());
    this.names = new NameTaker(scene.world(), options, scene::remembered, Committer.VERSIONS);
    this.scales = new SplittableRandom(options.seed() ^ 0x5CA1E);
    this.nextForeign = scene.later(options.foreignEvery());
    this.nextSick = scene.later(options.sickEvery());
  }

  /** When the next ones come. */
  Stream<Instant> due() {
    return Stream.of(nextForeign, nextSick, names.next());
  }

  /** Those whose time it is happen. */
  void happen() {
    if (scene.world().time.past(nextSick)) {
      nextSick = scene.later(scene.options().sickEvery());
      if (scene.disturbances().strikes("pods fail or are well again")) {
        fallIll();
      }
    }
    if (scene.world().time.past(nextForeign)) {
      nextForeign = scene.later(scene.options().foreignEvery());
      if (scene.disturbances().strikes("a stranger's write") && stranger.writes()) {
        World world = scene.world();
        scene.chronicle().happened("foreign write");
        scene.chronicle().event("foreign: web " + world.dns.sides() + ", api " + world.alb.sides());
      }
    }
    names
        .acts(scene.disturbances())
        .ifPresent(text -> scene.chronicle().turned("names used", "stranger: " + text));
  }

  /** Strangers have gone, and all pods are well. */
  void rest() {
    names.rest();
    for (Cluster c : scene.world().clusters.values()) {
      c.sick = false;
      c.pods = Cluster.PODS;
    }
  }

  private void fallIll() {
    for (Cluster c : scene.world().clusters.values()) {
      c.sick = scene.random().nextInt(3) == 0;
      c.pods = scales.nextInt(4) == 0 ? 1 + scales.nextInt(Cluster.PODS - 1) : Cluster.PODS;
    }
    scene
        .chronicle()
        .event(
            "sick: "
                + called(c -> c.sick)
                + ", scaled down: "
                + called(c -> c.pods < Cluster.PODS));
  }

  private List<String> called(Predicate<Cluster> which) {
    return scene.world().clusters.values().stream().filter(which).map(c -> c.name).toList();
  }
}
