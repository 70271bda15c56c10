package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everybody who commits: another version, an app, a mode, and what may go. */
final class Committer {

  static final List<String> VERSIONS = List.of("1.36", "1.37", "1.38", "1.39");

  /** Every so many commits of an app are about the cluster's file too. */
  private static final int RESHAPES = 3;

  private final Scene scene;
  private Wishes wish;
  private Mode mode = Mode.ACT;
  private Instant nextVersion;
  private Instant nextApp;

  /** Commits of another version that are still to come. */
  private int coming;

  private int wishes = 1;
  private int apps = 1;
  private boolean reshaped;

  Committer(Scene scene) {
    this.scene = scene;
    this.wish = Wishes.of(scene.options());
    this.coming = scene.options().wishes();
    this.nextVersion = scene.world().time.instant().plus(scene.options().wishEvery());
    this.nextApp = scene.later(scene.options().appEvery());
  }

  /** What was committed last. */
  Wishes wish() {
    return wish;
  }

  /** How often a cluster was asked for. */
  int wishes() {
    return wishes;
  }

  Mode mode() {
    return mode;
  }

  /** Whether a commit asked for something else in the clusters that are there. */
  boolean reshaped() {
    return reshaped;
  }

  /** Whether commits of another version are still to come. */
  boolean goesOn() {
    return coming > 0;
  }

  /** When the next commits come. */
  Stream<Instant> due() {
    return Stream.of(nextVersion, nextApp);
  }

  /** Whether a cluster is of the version that is wanted. */
  boolean wants(ClusterRecord cluster) {
    return cluster.version().equals(wish.version());
  }

  /** While a cluster is not adopted as it is, a commit that asks for another is refused. */
  boolean mayAsk() {
    return !scene.options().adopts() || scene.remembered().cluster(Wishes.LEGACY).isPresent();
  }

  void commit(Wishes next, String text) {
    wish = next;
    scene.chronicle().event("commit: " + text);
  }

  /** Another version is committed, if it is time. */
  void version() {
    if (!scene.world().time.past(nextVersion) || coming == 0 || !mayAsk()) {
      return;
    }
    coming--;
    nextVersion = scene.world().time.instant().plus(scene.options().wishEvery());
    if (scene.disturbances().strikes("a commit of another version")) {
      anotherVersion();
    }
  }

  /** Nobody waits longer: the last wish came true. */
  void hurries() {
    nextVersion = scene.world().time.instant();
  }

  /** More often than not back to where the move comes from. */
  void anotherVersion() {
    nextVersion = scene.world().time.instant().plusSeconds(30 + scene.random().nextInt(2_400));
    List<String> others = VERSIONS.stream().filter(v -> !v.equals(wish.version())).toList();
    Optional<String> home =
        scene
            .remembered()
            .move()
            .flatMap(MoveRecord::from)
            .flatMap(scene.remembered()::cluster)
            .map(ClusterRecord::version);
    boolean back =
        home.filter(v -> !v.equals(wish.version())).isPresent() && scene.random().nextInt(3) != 0;
    String next = back ? home.orElseThrow() : others.get(scene.random().nextInt(others.size()));
    wishes++;
    if (scene.remembered().clusters().values().stream().anyMatch(c -> c.version().equals(next))) {
      scene.chronicle().happened("revert");
    }
    commit(wish.version(next), "version " + next);
    if (scene.options().approves() && scene.random().nextInt(2) == 0) {
      approve();
    }
  }

  /** The same is wanted once more. */
  void again() {
    wishes++;
  }

  /** An app is committed, if it is time. */
  void app() {
    if (!scene.world().time.past(nextApp)) {
      return;
    }
    nextApp = scene.later(scene.options().appEvery());
    if (scene.disturbances().strikes("a commit of an app")) {
      commit(wish.app("a" + ++apps), "app " + apps);
      reshape();
    }
  }

  /** Some commits are also about node groups, add-ons and access entries. */
  private void reshape() {
    if (scene.options().reshapes() && apps % RESHAPES == 0) {
      reshaped = true;
      scene.chronicle().happened("cluster file changed");
      commit(wish.more(!wish.more()), (wish.more() ? "less" : "more") + " in the cluster file");
    }
  }

  /** What is left over may go, in most worlds. */
  void approve() {
    if (!scene.options().approves() && scene.remembered().existing() < 3) {
      return;
    }
    Set<String> all = new TreeSet<>(wish.approved());
    for (ClusterRecord c : scene.remembered().clusters().values()) {
      boolean over =
          c.life() instanceof ClusterLife.Drained
              || c.life() instanceof ClusterLife.Abandoned
              || c.life() instanceof ClusterLife.Retiring;
      if (over) {
        all.add(c.name());
      }
    }
    if (!wish.approved().containsAll(all)) {
      commit(wish.approved(all), "approve " + all);
    }
  }

  /**
   * The mode is lowered or raised again; some such commits arrive while a pass is at work, between
   * the record of an intent and its effect.
   */
  void changeMode() {
    boolean lower = mode == Mode.ACT;
    double rate = scene.faults().options().lowered() * (lower ? 1 : 20);
    if (rate > 0
        && scene.world().random.nextDouble() < rate
        && (!lower || scene.disturbances().strikes("a commit that lowers the mode"))) {
      mode = lower ? Mode.values()[scene.world().random.nextInt(2)] : Mode.ACT;
      scene.chronicle().happened(lower ? "mode lowered" : "mode raised");
      scene.chronicle().event("commit: mode " + mode);
    }
  }

  /** Whoever lowered the mode raises it again. */
  void acts() {
    mode = Mode.ACT;
    scene.chronicle().touched = true;
  }
}
