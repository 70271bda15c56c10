package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person at 3 a.m. reads first, always in this order. Each line answers one question: are
 * users hurt and where is the traffic; why; wanted and measured; what happens next by itself; how
 * do I go back and for how long.
 *
 * @param headline without shape and word, which {@link #lines} put before it
 * @param frozen who froze everything and why; empty text while something may start
 */
public record Banner(
    State state,
    String environment,
    String headline,
    String why,
    String frozen,
    String now,
    String next,
    String back,
    String started) {

  /** The banner after one pass, without what it rests on. */
  public static Banner of(Wish wish, Optional<Observed> observed, Plan plan, Instant now) {
    return new BannerText(wish, observed, plan, now).banner();
  }

  /** The banner as text, one line each; lines with nothing to say are left out. */
  public List<String> lines() {
    String first =
        "%s %s · %s · %s"
            .formatted(state.shape(), state.word().toUpperCase(Locale.ROOT), environment, headline);
    return List.of(
            first,
            labelled("Why: ", why),
            labelled("Frozen: ", frozen),
            labelled("Now: ", now),
            labelled("Next: ", next),
            labelled("Back: ", back),
            labelled("Started by ", started))
        .stream()
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static String labelled(String label, String text) {
    return text.isEmpty() ? "" : label + text;
  }
}
