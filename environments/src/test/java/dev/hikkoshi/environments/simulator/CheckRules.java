package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.simulator.ShareHistory.Shares;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rule 7 by the world's own books: what users of the new side saw while a step lasted, and whether
 * anybody had asked. What the record says of it is not asked.
 */
final class CheckRules implements Watch {

  /** Providers are late by two periods, and two more may be without data. */
  private static final Duration NOTICED = Duration.ofMinutes(5);

  private final World world;
  private final Sickness sickness;
  private final SimMeters meters;
  private final Supplier<EnvironmentRecord> record;
  private final Consumer<String> broken;
  private final Consumer<String> happened;

  /** The apps that passes know of, and since when. */
  private String app = "";

  private Instant appSince = Instant.EPOCH;

  /** When a person last said that it may go on. */
  private Instant excused = Instant.MIN;

  CheckRules(
      World world,
      Sickness sickness,
      SimMeters meters,
      Supplier<EnvironmentRecord> record,
      Consumer<String> broken,
      Consumer<String> happened) {
    this.world = world;
    this.sickness = sickness;
    this.meters = meters;
    this.record = record;
    this.broken = broken;
    this.happened = happened;
  }

  /** A person resumed: what follows is on their word. */
  void excused() {
    excused = world.time.instant();
  }

  @Override
  public void weightsWritten(boolean dns, Sides before, Sides after, boolean foreign) {
    if (world.late || foreign) {
      return;
    }
    MoveRecord move = record.get().move().orElseThrow();
    String fresh = move.to();
    boolean alone = world.alone(before, fresh);
    if (!(move.phase() instanceof MovePhase.Forward) || alone || before.weight(fresh) == 0) {
      return;
    }
    Instant from = lastBegan(dns);
    if (!excused.isBefore(from)) {
      return;
    }
    boolean more = after.share(fresh) > before.share(fresh);
    boolean out = move.from().filter(f -> after.side(f).isEmpty()).isPresent();
    // Where home is as sick, the new side is no worse.
    Optional<Instant> sick =
        sickness.since(dns, fresh, world.time.instant()).filter(_ -> homeIsWell(move));
    if (more) {
      if (sick.filter(at -> !at.isAfter(from)).isPresent()) {
        broken.accept("a step does not end while its check fails: %s was sick".formatted(before));
      }
      Instant asked = answered((dns ? "web " : "api ") + fresh);
      // By the clock of whoever asks the step may have begun a little earlier.
      if (asked.isBefore(from.minus(world.precision))) {
        broken.accept("no data is never a pass: nobody knows how %s was".formatted(before));
      }
      if (asked.plus(Wishes.METRIC_PERIOD).isBefore(appSince.minus(world.precision))) {
        broken.accept("a changed app is judged anew: nobody knows how it is, " + before);
      }
    }
    if (out && sick.filter(at -> at.plus(NOTICED).isBefore(world.time.instant())).isPresent()) {
      broken.accept(
          "the old side stays while the new one is sick: %s, since %s"
              .formatted(after, sick.get()));
    }
  }

  /** A limit that home was beyond too, on every route, for longer than anybody needs to notice. */
  private boolean homeFailsToo(EnvironmentRecord now) {
    MoveRecord move = now.move().orElseThrow();
    String why = now.bad().getOrDefault(move.to(), "");
    Instant noticed = world.time.instant().minus(NOTICED);
    return why.contains("check limit failed")
        && move.from().isPresent()
        && Stream.of(true, false)
            .allMatch(
                dns ->
                    sickness
                        .since(dns, move.from().get(), world.time.instant())
                        .filter(at -> at.isBefore(noticed))
                        .isPresent());
  }

  private static boolean failedBefore(EnvironmentRecord before) {
    return before.holds().stream().anyMatch(h -> h.text().contains("home fails it too"));
  }

  /** Providers told as much of home as of the side that is left. */
  private boolean homeIsKnown(EnvironmentRecord now) {
    MoveRecord move = now.move().orElseThrow();
    return Stream.of("web ", "api ")
        .noneMatch(
            route ->
                answered(route + move.from().orElse("")).isBefore(answered(route + move.to())));
  }

  private Instant answered(String side) {
    return meters.answered.getOrDefault(side, Instant.MIN);
  }

  private void follows(String digest) {
    if (!digest.equals(app)) {
      app = digest;
      appSince = world.time.instant();
    }
  }

  private boolean homeIsWell(MoveRecord move) {
    return move.from().filter(sickness::neverSick).isPresent();
  }

  /** When what users have now began, before the write that was just made. */
  private Instant lastBegan(boolean dns) {
    List<Shares> history = world.route(dns).history.all();
    return history.size() < 2
        ? Instant.MAX
        : history.reversed().stream().skip(1).map(Shares::from).findFirst().orElse(Instant.MAX);
  }

  /** Counts returns that nobody asked for. */
  void after(Wish wish, EnvironmentRecord before, EnvironmentRecord now, boolean struck) {
    wish.desired().map(d -> d.apps().appDigest()).ifPresent(this::follows);
    boolean back =
        now.move().filter(m -> m.phase() instanceof MovePhase.Returning).isPresent()
            && before.move().filter(m -> m.phase() instanceof MovePhase.Forward).isPresent();
    String left = now.move().map(MoveRecord::to).orElse("");
    boolean byItself = now.bad().getOrDefault(left, "").startsWith("hikkoshi: ");
    // A home of which nothing is known just now, and that had not failed before, is the safer side.
    if (back
        && byItself
        && homeFailsToo(now)
        && (!struck && homeIsKnown(now) || failedBefore(before))) {
      broken.accept(
          "what fails at home too is not brought there: " + now.bad().getOrDefault(left, ""));
    }
    if (back && byItself && !before.bad().containsKey(left)) {
      happened.accept(sickness.neverSick(left) ? "returned though well" : "returned by itself");
    }
  }
}
