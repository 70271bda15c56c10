package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.RouteProgress.Writing;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.RouteRecord;
import java.util.Optional;

/** Rule 4: the weights on a route must be ours; what to do when they are not. */
final class RouteWeights {

  private final RouteCase at;
  private final Draft d;
  private final DesiredRoute route;
  private final Sides sides;

  RouteWeights(RouteCase at) {
    this.at = at;
    this.d = at.draft();
    this.route = at.route();
    this.sides = at.sides();
  }

  /** Rule 4: the weights must be ours. Answers whether the route may be worked on. */
  boolean recognise() {
    RouteRecord asked =
        d.record
            .route(route.name())
            .orElseGet(() -> RouteRecord.fresh(route.name(), route.role()))
            .letGo(false);
    rememberEnds();
    if (asked.accept() && !asked.knows(sides)) {
      accept(asked);
      return true;
    }
    // A person accepts for all routes at once; one that is as we wrote it keeps its step's verdict.
    RouteRecord known = asked.nothingToAccept();
    remember(known);
    if (known.lastWritten().isEmpty() && known.intended().isEmpty()) {
      return takeOver(known);
    }
    if (known.intended().filter(sides::equals).isPresent()) {
      if (known.unproven(sides, d.now)) {
        // Taken for done, what never arrived would make the true weights a stranger's.
        return lookAgain();
      }
      landed(known);
      return true;
    }
    if (known.knows(sides)) {
      remember(known.seen(d.now));
      return true;
    }
    if (known.late(sides)) {
      overtook(known);
      return true;
    }
    if (known.former(sides, d.now)) {
      // Else a stale answer were adopted, and the true one taken for a stranger's.
      return lookAgain();
    }
    return foreign(known);
  }

  private boolean lookAgain() {
    String sentence = "what AWS shows may be older than our last write, looking again: " + sides;
    d.await(Wait.Kind.UNKNOWN, route.name(), sentence);
    return false;
  }

  private void remember(RouteRecord known) {
    d.record = d.record.with(known);
  }

  private void rememberEnds() {
    sides
        .of()
        .forEach(
            (side, at) -> {
              if (!at.target().isEmpty()) {
                d.record = d.record.change(side, c -> c.withEnd(route.name(), at.target()));
              }
            });
  }

  private boolean takeOver(RouteRecord known) {
    if (d.toBeTakenOver(route)) {
      // Whatever its weights are is nobody's affair but its owner's, up to the first write.
      return true;
    }
    Optional<String> unremembered =
        sides.of().keySet().stream().filter(d.record.clusters()::containsKey).findFirst();
    if (unremembered.isPresent()) {
      String sentence =
          "%s is on the route, but the record does not know who put it there".formatted(sides);
      d.await(Wait.Kind.BLOCKED, route.name(), sentence);
      return false;
    }
    if (!d.require(Readiness.strangers(d, route, sides))) {
      return false;
    }
    remember(known.now(sides));
    d.log(route.name() + " is as it was found: " + sides, becomeKnown(Optional.empty()));
    return true;
  }

  /** What we meant to write is there: an answer was lost, or a write came late. */
  private void landed(RouteRecord known) {
    boolean repeat = known.lastWritten().filter(sides::equals).isPresent();
    if (repeat) {
      return;
    }
    remember(known.now(sides));
    d.log(
        route.name() + " is as intended, though no answer came: " + sides,
        becomeKnown(known.lastWritten()));
    writtenAgain();
  }

  /**
   * An older write of ours came after a newer one, which is made once more. Or an answer is older
   * than both: the newer one stays what was written last.
   */
  private void overtook(RouteRecord known) {
    remember(known.met(sides, d.now));
    if (writtenAgain() || !told()) {
      d.log(
          "%s: an older write took effect late: %s".formatted(route.name(), sides),
          new Fact.Met(weights(known.lastWritten())));
    }
  }

  /** Whether the journal says so since the last write of the route. */
  private boolean told() {
    for (JournalEntry entry : d.record.journal().reversed()) {
      switch (entry.fact().orElse(null)) {
        case Fact.Met(Fact.Weights w) when w.route().equals(route.name()) -> {
          return w.after().equals(weights(Optional.empty()).after());
        }
        case Fact.Effect effect when effect.key().equals(Action.TrafficWrite.key(route.name())) -> {
          return false;
        }
        case null, default -> {}
      }
    }
    return false;
  }

  private boolean writtenAgain() {
    RouteProgress progress = at.progress();
    if (progress instanceof Writing || progress.step() < 0) {
      return false;
    }
    at.progress(new Writing(progress.step(), d.now));
    return true;
  }

  private boolean foreign(RouteRecord known) {
    Sides last = known.lastWritten().orElse(Sides.none());
    if (at.move().returning() && onTheWayHome(last)) {
      remember(known.adopt(sides, d.now));
      d.log(
          "somebody else moved " + route.name() + " towards home: " + sides + "; going on",
          becomeKnown(Optional.of(last)));
      goOnFrom("moved towards home by somebody else");
      d.record.holds().stream()
          .filter(h -> h.subject().equals(route.name()))
          .forEach(h -> d.record = d.record.withoutHold(h));
      return true;
    }
    String text =
        "somebody else wrote weights: %s, ours were %s; to accept them: hikkoshi resume %s --reason TEXT --accept-weights"
            .formatted(sides, last, d.desired.environment());
    at.hold(Hold.Reason.FOREIGN_WRITE, text);
    return false;
  }

  /** Home has no less share than we gave it, and nobody unknown is there. */
  private boolean onTheWayHome(Sides last) {
    String home = at.move().gaining();
    return sides.share(home) >= last.share(home)
        && Readiness.strangers(d, route, sides).passed()
        && sides.of().entrySet().stream()
            .filter(e -> !d.record.clusters().containsKey(e.getKey()))
            .filter(e -> !e.getKey().equals(External.SIDE))
            .allMatch(e -> last.side(e.getKey()).filter(e.getValue()::equals).isPresent());
  }

  private void accept(RouteRecord known) {
    remember(known.adopt(sides, d.now));
    d.log("accepted on " + route.name() + ": " + sides, becomeKnown(known.lastWritten()));
    goOnFrom("weights accepted by a person");
  }

  private Fact becomeKnown(Optional<Sides> before) {
    return new Fact.Known(weights(before));
  }

  private Fact.Weights weights(Optional<Sides> before) {
    return Fact.Weights.of(route.name(), before.orElse(Sides.none()), sides);
  }

  /** Other weights than ours are right now: the route stands at the step that they have reached. */
  private void goOnFrom(String evidence) {
    if (at.progress().step() >= 0) {
      at.progress(RouteProgress.accepted(at.course().reached(sides), d.now, evidence));
    }
  }
}
