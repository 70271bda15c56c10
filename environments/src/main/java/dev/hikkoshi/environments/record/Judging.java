package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the checks of the definition said of one route in a move.
 *
 * @param app the app digest that verdicts are about; empty before any
 * @param since nothing before counts: the app changed, or a person asked to look again
 * @param said by check its last verdict, in a word
 * @param silent by check since when its provider has not answered
 */
public record Judging(
    String app, Instant since, SortedMap<String, String> said, SortedMap<String, Instant> silent) {

  public Judging {
    said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
    silent = Collections.unmodifiableSortedMap(new TreeMap<>(silent));
  }

  static Judging nothing() {
    return new Judging("", Instant.EPOCH, new TreeMap<>(), new TreeMap<>());
  }

  /** The same for apps that are the first, or others than before: then verdicts begin anew. */
  public Judging of(String digest, Instant now) {
    if (digest.equals(app)) {
      return this;
    }
    return app.isEmpty() ? new Judging(digest, since, said, silent) : begun(digest, now);
  }

  /** From now on nothing that was seen before counts. */
  Judging again(Instant now) {
    return begun(app, now);
  }

  private static Judging begun(String digest, Instant now) {
    return new Judging(digest, now, new TreeMap<>(), new TreeMap<>());
  }

  /** A check said this. */
  public Judging said(String check, String word) {
    SortedMap<String, String> next = new TreeMap<>(said);
    next.put(check, word);
    return new Judging(app, since, next, silent);
  }

  /** A provider did not answer, for the first time or again. */
  public Judging silent(String check, Instant now) {
    SortedMap<String, Instant> next = new TreeMap<>(silent);
    next.putIfAbsent(check, now);
    return new Judging(app, since, said, next);
  }

  /** A provider answered. */
  public Judging heard(String check) {
    if (!silent.containsKey(check)) {
      return this;
    }
    SortedMap<String, Instant> next = new TreeMap<>(silent);
    next.remove(check);
    return new Judging(app, since, said, next);
  }
}
