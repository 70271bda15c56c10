package dev.hikkoshi.environments.observed;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Something that was looked at: either its value, or the reason why it could not be seen.
 *
 * <p>An unknown is never treated as empty, absent or healthy. Code that needs the value says what
 * it does without it, which the exhaustive {@code switch} enforces.
 */
public sealed interface Observation<T> {

  /** The value as it was answered. */
  record Known<T>(T value) implements Observation<T> {}

  /**
   * Not seen.
   *
   * @param what what was looked at, for example {@code records of www.example.com}
   * @param why the reason without secrets, for example {@code AccessDenied for route53:List…}
   */
  record Unknown<T>(String what, String why) implements Observation<T> {

    /** The same gap, typed for another value: an unknown has no value that could be lost. */
    public <U> Unknown<U> retyped() {
      return new Unknown<>(what, why);
    }
  }

  static <T> Observation<T> known(T value) {
    return new Known<>(value);
  }

  static <T> Observation<T> unknown(String what, String why) {
    return new Unknown<>(what, why);
  }

  /** The value where it is known; use it only where absence and ignorance lead to the same act. */
  default Optional<T> known() {
    return switch (this) {
      case Known<T>(T value) -> Optional.of(value);
      case Unknown<T> _ -> Optional.empty();
    };
  }

  /** True only when the value is known and holds. */
  default boolean knownAnd(Predicate<? super T> holds) {
    return known().filter(holds).isPresent();
  }

  /** Maps a known value and keeps an unknown. */
  default <U> Observation<U> map(Function<? super T, ? extends U> f) {
    return switch (this) {
      case Known<T>(T value) -> new Known<>(f.apply(value));
      case Unknown<T> unknown -> unknown.retyped();
    };
  }

  /** Chains a further look that may fail by itself. */
  default <U> Observation<U> flatMap(Function<? super T, Observation<U>> f) {
    return switch (this) {
      case Known<T>(T value) -> f.apply(value);
      case Unknown<T> unknown -> unknown.retyped();
    };
  }
}
