package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Somebody else in the same account who uses our names: makes clusters and target groups that are
 * called as ours will be, or deletes a cluster of ours and makes another one of its name, with our
 * tags or without. After some time each is taken away again.
 *
 * <p>A cluster with share is not deleted: its users would be hurt by that, whatever we do. One that
 * is kept as the way home may be.
 */
final class NameTaker {

  /** A call of ours that is still on its way would make the cluster again. */
  private static final Duration SETTLED = Duration.ofMinutes(3);

  private static final int LONGEST_STAY_SECONDS = 1_800;

  private final World world;
  private final Supplier<EnvironmentRecord> record;
  private final List<String> versions;
  private final SplittableRandom random;
  private final Duration every;
  private Instant next;

  NameTaker(
      World world, Options options, Supplier<EnvironmentRecord> record, List<String> versions) {
    this.world = world;
    this.record = record;
    this.versions = versions;
    this.random = new SplittableRandom(options.seed() ^ 0x9A3E5);
    this.every = options.namesEvery();
    this.next = later();
  }

  private Instant later() {
    return every.isZero()
        ? Instant.MAX
        : world.time.instant().plusMillis(1 + random.nextLong(2 * every.toMillis()));
  }

  Instant next() {
    return next;
  }

  /** Uses a name of ours, if it is time and there is one. Answers what was done. */
  Optional<String> acts(Disturbances disturbances) {
    if (!world.time.past(next)) {
      return Optional.empty();
    }
    next = later();
    if (!disturbances.strikes("somebody uses our names")) {
      return Optional.empty();
    }
    return switch (random.nextInt(3)) {
      case 0 -> takesNext();
      case 1 -> makesAgain();
      default -> takesGroup();
    };
  }

  /** Gives every name up, and takes no other. */
  void rest() {
    next = Instant.MAX;
    world.namesakes.left();
  }

  /** The names that the next cluster may get, and those of clusters that are not there yet. */
  private Optional<String> takesNext() {
    List<String> names = names().filter(name -> !world.clusters.containsKey(name)).toList();
    names.forEach(
        name -> {
          make(name, versions.getFirst());
          leaves(name);
        });
    return Optional.of("makes clusters " + names);
  }

  private Stream<String> names() {
    EnvironmentRecord now = record.get();
    Stream<String> fresh =
        versions.stream()
            .map(
                v ->
                    "%s-%s-%d"
                        .formatted(Wishes.ENVIRONMENT, v.replace('.', '-'), now.nextNumber()));
    Stream<String> asked =
        now.clusters().values().stream()
            .filter(c -> c.identity().isEmpty() && c.life().exists())
            .map(ClusterRecord::name);
    return Stream.concat(fresh, asked);
  }

  private Cluster make(String name, String version) {
    Instant now = world.time.instant();
    Identity identity = new Identity("arn:aws:eks:::cluster/" + name, now);
    Cluster made = new Cluster(world.time, name, identity, version, now);
    world.namesakes.made(made);
    return made;
  }

  private void leaves(String name) {
    Duration stay = Duration.ofSeconds(60 + random.nextInt(LONGEST_STAY_SECONDS));
    world.time.after(stay, () -> world.namesakes.left(name));
  }

  private Optional<String> makesAgain() {
    List<Cluster> may = world.clusters.values().stream().filter(this::hurtsNobody).toList();
    if (may.isEmpty()) {
      return Optional.empty();
    }
    // What somebody takes for left over is more often than not the way home.
    Cluster ours =
        may.stream()
            .filter(c -> random.nextBoolean() && home(c.name))
            .findFirst()
            .orElseGet(() -> may.get(random.nextInt(may.size())));
    world.clusters.remove(ours.name);
    world.namesakes.deleted(ours, world.time.instant());
    Cluster theirs = make(ours.name, ours.version);
    boolean copied = random.nextBoolean();
    if (copied) {
      theirs.tags.putAll(ours.tags);
    }
    leaves(ours.name);
    return Optional.of(
        "deletes %s and makes another one, %s our tags"
            .formatted(ours.name, copied ? "with" : "without"));
  }

  private boolean hurtsNobody(Cluster c) {
    boolean known =
        record.get().cluster(c.name).flatMap(ClusterRecord::identity).isPresent()
            && c.identity.createdAt().isBefore(world.time.instant().minus(SETTLED));
    boolean shared =
        world.dns.sides().weight(c.name) > 0
            || world.alb.sides().weight(c.name) > 0
            || world.putBack.contains(c.name);
    // Where nothing is left nothing can come to rest.
    boolean last =
        world.clusters.size() == 1
            && record.get().move().filter(m -> m.from().isPresent()).isPresent();
    return known && !shared && !last && !c.name.equals(Wishes.LEGACY) && !needed(c.name);
  }

  private boolean home(String cluster) {
    return record.get().move().flatMap(MoveRecord::from).filter(cluster::equals).isPresent();
  }

  private boolean needed(String cluster) {
    Optional<MoveRecord> move = record.get().move();
    return move.filter(
            m ->
                switch (m.phase()) {
                  case MovePhase.Retiring _, MovePhase.Gone _, MovePhase.Returned _ ->
                      m.serving().equals(cluster);
                  case MovePhase.Building _,
                      MovePhase.Syncing _,
                      MovePhase.Attached _,
                      MovePhase.Warm _,
                      MovePhase.Stepping _,
                      MovePhase.Soak _,
                      MovePhase.Drain _,
                      MovePhase.Returning _ ->
                      false;
                })
        .isPresent();
  }

  private Optional<String> takesGroup() {
    List<String> names =
        Stream.concat(names(), record.get().move().map(MoveRecord::to).stream())
            .filter(
                name -> world.alb.groups.values().stream().noneMatch(g -> g.cluster.equals(name)))
            .toList();
    names.forEach(
        name -> {
          world.namesakes.groupMade(name);
          leaves(name);
        });
    return Optional.of("makes target groups of " + names);
  }
}
