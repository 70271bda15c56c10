package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.view.Banner;
import dev.hikkoshi.environments.view.EnvironmentView;
import dev.hikkoshi.environments.view.State;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people are told in every state that a simulation reaches: each question of the banner has an
 * answer, what waits says for what and until when, and what was said to happen next does.
 */
final class ExplainRules {

  /** How a banner begins that promises that nothing happens by itself. */
  private static final List<String> NOTHING = List.of("nothing until", "nothing;");

  /** How it begins where traffic alone is held. */
  private static final String STAYS = "traffic stays as it is until";

  /**
   * Of plans that tell of a situation which was judged before, one in so many is judged again: they
   * differ in numbers, names and ages.
   */
  private static final int AGAIN = 8;

  private final Consumer<String> broken;
  private final PromiseRules promises;
  private final Set<Situation> judged = new HashSet<>();

  /** What the last pass told, if it did and decided nothing in a mode that acts. */
  private Optional<Told> told = Optional.empty();

  /** What was looked at last: the same plan is told in the same words, but for ages. */
  private @Nullable Plan last;

  private int plans;

  ExplainRules(Consumer<String> broken) {
    this.broken = broken;
    this.promises = new PromiseRules(broken);
  }

  /**
   * Looks at what a pass would show.
   *
   * @param began when it was planned
   * @param acts the mode is act; else the mode is the reason for everything
   * @param calm nothing went wrong in it, and nobody did anything since the one before
   */
  void after(
      Wish wish,
      EnvironmentRecord before,
      Pass.Report report,
      Instant began,
      boolean acts,
      boolean calm) {
    Plan plan = report.plan();
    for (Wait wait : plan.waits()) {
      if (wait.sentence().isBlank() || wait.subject().isBlank()) {
        broken.accept("what waits says for what: " + wait);
      }
      if (wait.until().filter(at -> !at.isAfter(began)).isPresent()) {
        broken.accept("what waits for a time goes on then: %s at %s".formatted(wait, began));
      }
    }
    boolean quiet = !report.busy(before);
    boolean idle =
        plan.actions().isEmpty() && plan.waits().isEmpty() && report.record().holds().isEmpty();
    if (acts && quiet && idle && report.record().move().filter(ExplainRules::goesOn).isPresent()) {
      broken.accept("a move that does nothing says why: " + report.record().move());
    }
    if (calm && !report.done().isEmpty()) {
      told.ifPresent(said -> nothingElse(said.next(), report.done()));
    }
    promises.after(report, began, acts && quiet, calm);
    Told now = new Told(wish, report.observed(), plan, began);
    if (!plan.equals(last) && news(now)) {
      banner(now.banner(), plan);
    }
    last = plan;
    told = acts && quiet ? Optional.of(now) : Optional.empty();
  }

  private boolean news(Told now) {
    plans++;
    return judged.add(Situation.of(now.wish(), now.plan())) || plans % AGAIN == 0;
  }

  /** What was done is not what was said not to be. */
  private void nothingElse(String saidNext, List<Pass.Done> done) {
    if (NOTHING.stream().anyMatch(saidNext::startsWith)) {
      broken.accept(
          "nothing was said to happen, then: %s; said was: %s"
              .formatted(done.getFirst().action().why(), saidNext));
    }
    boolean moved = done.stream().anyMatch(d -> d.action() instanceof Action.TrafficWrite);
    if (saidNext.startsWith(STAYS) && moved) {
      broken.accept("traffic was said to stay as it is, and was written: " + saidNext);
    }
  }

  /** What a pass tells; the words are made when somebody wants to read them. */
  private record Told(Wish wish, Optional<Observed> observed, Plan plan, Instant began) {

    Banner banner() {
      return EnvironmentView.of(wish, observed, plan, began).banner();
    }

    /** One line of it, for which nobody needs all the tables of a view. */
    String next() {
      return Banner.of(wish, observed, plan, began).next();
    }
  }

  private static boolean goesOn(MoveRecord move) {
    return switch (move.phase()) {
      case MovePhase.Forward _, MovePhase.Returning _ -> true;
      case MovePhase.Gone _, MovePhase.Returned _ -> false;
    };
  }

  private void banner(Banner banner, Plan plan) {
    Optional<MoveRecord> move = plan.record().move();
    boolean stopped = banner.state() == State.HOLDING || banner.state() == State.BLIND;
    boolean away =
        plan.record().handover().isEmpty()
            && move.filter(m -> m.phase() instanceof MovePhase.Forward).isPresent();
    answered("where is the traffic", banner, !plan.routes().isEmpty(), banner.now());
    answered("why does it stop", banner, stopped, banner.why());
    answered("what happens next", banner, true, banner.next());
    answered("how do I go back", banner, away, banner.back());
    answered("who began it", banner, move.isPresent(), banner.started());
    List<String> lines = banner.lines();
    for (String line : lines) {
      if (line.contains("null") || line.contains("Optional") || line.contains("  ")) {
        broken.accept("words are for people: " + line);
      }
    }
  }

  private void answered(String question, Banner banner, boolean asked, String answer) {
    if (asked && answer.isBlank()) {
      broken.accept("%s is not answered: %s".formatted(question, banner.lines()));
    }
  }
}
