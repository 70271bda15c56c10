package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Frozen;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The words of the banner. */
final class BannerText {

  private final Wish wish;
  private final Optional<Observed> observed;
  private final Plan plan;
  private final EnvironmentRecord record;
  private final Instant now;

  BannerText(Wish wish, Optional<Observed> observed, Plan plan, Instant now) {
    this.wish = wish;
    this.observed = observed;
    this.plan = plan;
    this.record = plan.record();
    this.now = now;
  }

  Banner banner() {
    State state = state();
    return new Banner(
        state,
        wish.environment(),
        headline(state),
        why(state),
        frozen().orElse(""),
        traffic(),
        next(),
        new BackText(wish, observed, plan).line(),
        started());
  }

  private Optional<String> frozen() {
    return observed.flatMap(seen -> Frozen.why(seen, now));
  }

  private boolean returning() {
    return record.move().filter(MoveRecord::returning).isPresent();
  }

  private State state() {
    if (record.handover().isPresent()) {
      return record.handedOver() ? State.HANDED_OVER : State.LEAVING;
    }
    if (wish.desired().isEmpty()) {
      return State.REJECTED;
    }
    if (blind().isPresent()) {
      return State.BLIND;
    }
    if (!record.holds().isEmpty()) {
      return State.HOLDING;
    }
    if (wish.stale().isEmpty() && !ModeLines.writes(wish.desired())) {
      return State.LOOKING;
    }
    State moving = record.move().map(m -> of(m.phase())).orElse(State.BUILDING);
    boolean atRest = moving == State.STEADY || moving == State.RETURNED;
    return atRest && wish.stale().isPresent() ? State.REJECTED : moving;
  }

  /** The check that keeps everything from being written, or clusters that could not be listed. */
  private Optional<String> blind() {
    Optional<String> safety =
        plan.checks().stream()
            .filter(c -> c.name().equals("account") || c.name().equals("record"))
            .filter(c -> !c.passed())
            .map(c -> c.verdict().evidence())
            .findFirst();
    return safety.or(
        () ->
            observed.map(Observed::clusters).stream()
                .flatMap(
                    seen ->
                        seen instanceof Observation.Unknown<?>(String what, String why)
                            ? List.of(what + " could not be read: " + why).stream()
                            : List.<String>of().stream())
                .findFirst());
  }

  private State of(MovePhase phase) {
    return switch (phase) {
      case MovePhase.Building _ -> State.BUILDING;
      case MovePhase.Syncing _, MovePhase.Attached _, MovePhase.Warm _ -> State.PROVING;
      case MovePhase.Stepping _ -> State.MOVING;
      case MovePhase.Soak _ -> State.SOAKING;
      case MovePhase.Drain _ -> State.DRAINING;
      case MovePhase.Retiring _ -> State.RETIRING;
      case MovePhase.Gone _ -> State.STEADY;
      case MovePhase.Returning _ -> State.RETURNING;
      case MovePhase.Returned _ -> State.RETURNED;
    };
  }

  private String headline(State state) {
    return where(state) + mode();
  }

  /** A mode that writes nothing is told beside what there is to see. */
  private String mode() {
    return wish.desired()
        .filter(_ -> !ModeLines.writes(wish.desired()))
        .map(d -> " (mode %s)".formatted(d.mode().name().toLowerCase(Locale.ROOT)))
        .orElse("");
  }

  private String where(State state) {
    if (state == State.HANDED_OVER) {
      return "nothing is managed any more";
    }
    if (record.move().isEmpty()) {
      return wish.desired().isEmpty() ? "no good definition was ever read" : "no cluster yet";
    }
    MoveRecord move = record.move().get();
    String since = " for " + Ages.text(Duration.between(move.phase().since(), now));
    return switch (move.phase()) {
      case MovePhase.Gone _, MovePhase.Retiring _ -> "on " + version(move.to()) + since;
      case MovePhase.Returned _ -> "on " + version(move.serving()) + since;
      case MovePhase.Building _,
          MovePhase.Syncing _,
          MovePhase.Attached _,
          MovePhase.Warm _,
          MovePhase.Stepping _,
          MovePhase.Soak _,
          MovePhase.Drain _,
          MovePhase.Returning _ ->
          shareOf(move.to()) + " on " + version(move.to()) + since + word(state, move);
    };
  }

  /** A hold or a mode hides the phase: it is named beside. */
  private static String word(State state, MoveRecord move) {
    return state == State.HOLDING || state == State.LOOKING ? " (" + move.phase().word() + ")" : "";
  }

  private String version(String cluster) {
    return cluster.equals(External.SIDE)
        ? "the external side"
        : record.cluster(cluster).map(c -> c.version()).orElse("?");
  }

  /** The share over all routes: one figure, or the range. */
  private String shareOf(String cluster) {
    List<Double> shares =
        plan.routes().stream()
            .flatMap(r -> r.sides().stream())
            .map(sides -> sides.share(cluster))
            .sorted()
            .toList();
    if (shares.isEmpty()) {
      return plan.routes().isEmpty() ? "no routes" : "share unknown";
    }
    String least = Lines.percent(shares.getFirst());
    String most = Lines.percent(shares.getLast());
    return least.equals(most) ? most : least + " to " + most;
  }

  private String why(State state) {
    return switch (state) {
      case BLIND -> blind().orElse("");
      case HOLDING ->
          record.holds().stream()
              .map(h -> h.subject() + ": " + h.text())
              .collect(Collectors.joining("; "));
      case REJECTED -> wish.stale().orElse("");
      case LEAVING, HANDED_OVER ->
          record.handover().map(h -> "%s: %s".formatted(h.author(), h.reason())).orElse("");
      case STEADY, LOOKING, RETURNED -> Failing.sentence(plan.checks()).orElse("");
      case BUILDING, PROVING, MOVING, RETURNING, SOAKING, DRAINING, RETIRING ->
          Failing.sentence(plan.checks()).or(() -> wish.stale()).orElse("");
    };
  }

  private String traffic() {
    return Lines.routes(observed, plan).stream()
        .map(
            r ->
                r.measured().isEmpty()
                    ? r.name() + " " + r.shares()
                    : "%s %s (wanted %s)".formatted(r.name(), r.measured(), number(r.wanted())))
        .collect(Collectors.joining("; "));
  }

  private static String number(double percent) {
    return Lines.percent(percent / 100);
  }

  private String next() {
    if (record.handedOver()) {
      return "nothing; hikkoshi handover %s --take-back begins anew".formatted(wish.environment());
    }
    if (wish.desired().isPresent() && !ModeLines.writes(wish.desired())) {
      return withoutWriting(wish.desired().get());
    }
    if (!record.holds().isEmpty() && blind().isEmpty()) {
      return held();
    }
    return going();
  }

  /**
   * A hold stops traffic alone: what hangs on clusters and in them goes on, and so may a return.
   */
  private String held() {
    String resume = "hikkoshi resume %s --reason TEXT".formatted(wish.environment());
    if (!record.standsStill() || unseen()) {
      return "%s; to lift the hold: %s".formatted(going(), resume);
    }
    String stays = "traffic stays as it is until a person or a commit acts: " + resume;
    return plan.actions().isEmpty()
        ? stays
        : "%s; meanwhile %s".formatted(stays, plan.actions().getFirst().why());
  }

  /** What holds may be over already: its route could not be read. */
  private boolean unseen() {
    return plan.waits().stream()
        .filter(w -> w.kind() == Wait.Kind.UNKNOWN)
        .anyMatch(w -> record.holds().stream().anyMatch(h -> h.subject().equals(w.subject())));
  }

  private String going() {
    if (!plan.actions().isEmpty()) {
      return plan.actions().getFirst().why();
    }
    if (frozen().isPresent() && !returning()) {
      return "nothing starts before it is thawed: hikkoshi thaw --reason TEXT";
    }
    Optional<Wait> soonest =
        plan.waits().stream()
            .filter(w -> w.until().isPresent())
            .min(Comparator.comparing(w -> w.until().orElseThrow()));
    Optional<Wait> first = soonest.or(() -> plan.waits().stream().findFirst());
    return first.map(this::sentence).orElse("nothing until a commit asks for something");
  }

  private String withoutWriting(Desired desired) {
    return switch (desired.mode()) {
      case OBSERVE -> "nothing: mode observe only looks";
      case PLAN ->
          plan.actions().isEmpty()
              ? "nothing: mode plan writes nothing, and nothing would be done now"
              : "nothing: mode plan writes nothing; would now " + plan.actions().getFirst().why();
      case ACT -> throw new IllegalStateException("mode act writes");
    };
  }

  private String sentence(Wait wait) {
    String until =
        wait.until().map(at -> " until " + at.truncatedTo(ChronoUnit.SECONDS) + in(at)).orElse("");
    return "%s: %s%s".formatted(wait.subject(), wait.sentence(), until);
  }

  private String in(Instant at) {
    Duration left = Duration.between(now, at);
    return left.isNegative() ? "" : " (in " + Ages.text(left) + ")";
  }

  private String started() {
    return record
        .move()
        .map(
            m ->
                "commit %s, %s"
                    .formatted(
                        shortened(m.commit()), m.startedAt().truncatedTo(ChronoUnit.SECONDS)))
        .orElse(wish.desired().map(Desired::commit).map(c -> "commit " + shortened(c)).orElse(""));
  }

  private static String shortened(String commit) {
    return commit.substring(0, Math.min(commit.length(), 10));
  }
}
