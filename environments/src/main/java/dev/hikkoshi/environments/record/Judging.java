package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.collection.Sorted;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the checks of the definition said of one route in a move.
 *
 * @param app the app digest that verdicts are about; empty before any
 * @param since nothing before counts: the app changed, or a person asked to look again
 * @param said by check its last verdict, in a word
 * @param silent by check since when its provider has not answered
 * @param answers by check what was last answered to it
 */
public record Judging(
    String app,
    Instant since,
    SortedMap<String, String> said,
    SortedMap<String, Instant> silent,
    SortedMap<String, Answer> answers) {

  /** Nobody was asked yet. */
  public Judging(
      String app,
      Instant since,
      SortedMap<String, String> said,
      SortedMap<String, Instant> silent) {
    this(app, since, said, silent, Sorted.empty());
  }

  public Judging {
    said = Sorted.copyOf(said);
    silent = Sorted.copyOf(silent);
    answers = Sorted.copyOf(answers);
  }

  static Judging nothing() {
    return new Judging("", Instant.EPOCH, Sorted.empty(), Sorted.empty());
  }

  /** The same for apps that are the first, or others than before: then verdicts begin anew. */
  public Judging of(String digest, Instant now) {
    if (digest.equals(app)) {
      return this;
    }
    return app.isEmpty() ? new Judging(digest, since, said, silent, answers) : begun(digest, now);
  }

  /** From now on nothing that was seen before counts. */
  Judging again(Instant now) {
    return begun(app, now);
  }

  private static Judging begun(String digest, Instant now) {
    return new Judging(digest, now, Sorted.empty(), Sorted.empty());
  }

  /** A check said this. */
  public Judging said(String check, String word) {
    return new Judging(app, since, Sorted.with(said, check, word), silent, answers);
  }

  /** A provider did not answer, for the first time or again. */
  public Judging silent(String check, Instant now) {
    return silent.containsKey(check)
        ? this
        : new Judging(app, since, said, Sorted.with(silent, check, now), answers);
  }

  /** A provider answered. */
  public Judging heard(String check) {
    return silent.containsKey(check)
        ? new Judging(app, since, said, Sorted.without(silent, check), answers)
        : this;
  }

  /** A check was answered. */
  public Judging answered(String check, Answer answer) {
    return new Judging(app, since, said, silent, Sorted.with(answers, check, answer));
  }

  /** The same without answers to checks that are not there any more. */
  public Judging answersOf(Set<String> checks) {
    if (checks.containsAll(answers.keySet())) {
      return this;
    }
    SortedMap<String, Answer> next = new TreeMap<>(answers);
    next.keySet().retainAll(checks);
    return new Judging(app, since, said, silent, next);
  }
}
