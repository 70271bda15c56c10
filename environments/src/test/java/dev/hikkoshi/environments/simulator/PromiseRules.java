package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.loop.Pass;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.plan.Wait;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What was said to happen next did happen. A pass in which nothing was done or decided says what
 * waits until when; as long as nothing goes wrong and nobody does anything, later passes are held
 * to it.
 *
 * <p>For every wait that names a time: it is not put off, neither before that time nor when it has
 * come, unless something is done or decided. And at the first pass at or after that time
 *
 * <ul>
 *   <li>{@code TIME}: something is done or decided, or a reason stands in the plan that was not
 *       told before, or everything is frozen, which is told beside it;
 *   <li>{@code RETRY}: it was tried again, or nobody waits for it any more;
 *   <li>{@code WINDOW}, {@code FROZEN}: it does not wait for that any more. What else it waits for
 *       was told beside it.
 * </ul>
 *
 * The other kinds wait for somebody or something that has no clock: they name no time, and promise
 * none.
 */
final class PromiseRules {

  private final Consumer<String> broken;

  /** What waits, as the last pass told it, if it did and decided nothing. */
  private List<Wait> said = List.of();

  PromiseRules(Consumer<String> broken) {
    this.broken = broken;
  }

  /**
   * Looks at what a pass came to.
   *
   * @param began when it was planned
   * @param quiet it did and decided nothing, in a mode that acts
   * @param calm nothing went wrong in it, and nobody did anything since the one before
   */
  void after(Pass.Report report, Instant began, boolean quiet, boolean calm) {
    Plan plan = report.plan();
    plan.waits().forEach(this::timed);
    for (Wait wait : said) {
      Instant until = wait.until().orElse(Instant.MAX);
      if (calm && quiet) {
        notPutOff(wait, until, plan);
      }
      if (calm && !until.isAfter(began)) {
        kept(wait, report, quiet);
      }
    }
    said = quiet ? plan.waits() : List.of();
  }

  /** Who cannot know when must not say when. */
  private void timed(Wait wait) {
    boolean may =
        switch (wait.kind()) {
          case TIME, RETRY, WINDOW, FROZEN -> true;
          case UNKNOWN, CHECK, PROGRESS, THIRD_CLUSTER, APPROVAL, BLOCKED -> wait.until().isEmpty();
        };
    if (!may) {
      broken.accept("what waits for somebody names no time: " + wait);
    }
  }

  private void notPutOff(Wait wait, Instant until, Plan plan) {
    Optional<Wait> later =
        plan.waits().stream()
            .filter(w -> same(w, wait) && w.until().filter(until::isBefore).isPresent())
            .findFirst();
    later.ifPresent(
        w ->
            broken.accept(
                "what waits until a time is not put off: %s until %s"
                    .formatted(wait, w.until().orElseThrow())));
  }

  private void kept(Wait wait, Pass.Report report, boolean quiet) {
    boolean kept =
        switch (wait.kind()) {
          case TIME ->
              !quiet || report.plan().waits().stream().anyMatch(w -> isNew(w) || frozen(w));
          case RETRY ->
              tried(report, wait) || report.plan().waits().stream().noneMatch(w -> of(w, wait));
          case WINDOW, FROZEN -> report.plan().waits().stream().noneMatch(w -> same(w, wait));
          case UNKNOWN, CHECK, PROGRESS, THIRD_CLUSTER, APPROVAL, BLOCKED -> true;
        };
    if (!kept) {
      broken.accept(
          "what was said to happen then did not: %s; now %s"
              .formatted(wait, report.plan().waits()));
    }
  }

  private boolean isNew(Wait wait) {
    return said.stream().noneMatch(w -> same(w, wait));
  }

  /** Frozen, or it could not be read whether: then nothing begins either. */
  private static boolean frozen(Wait wait) {
    return wait.kind() == Wait.Kind.FROZEN
        || wait.kind() == Wait.Kind.UNKNOWN && wait.sentence().contains("frozen");
  }

  private static boolean tried(Pass.Report report, Wait wait) {
    return report.done().stream().anyMatch(d -> d.action().key().equals(wait.subject()));
  }

  private static boolean of(Wait one, Wait other) {
    return one.kind() == other.kind() && one.subject().equals(other.subject());
  }

  private static boolean same(Wait one, Wait other) {
    return of(one, other) && one.sentence().equals(other.sentence());
  }
}
