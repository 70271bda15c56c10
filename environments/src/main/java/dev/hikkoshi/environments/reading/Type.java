package dev.hikkoshi.environments.reading;

import java.util.Optional;

/**
 * How a node becomes a value.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface Type<T> {

  /** The value; empty exactly when a problem was added. */
  Optional<T> read(Node node, Problems problems);

  /** A type over this one that may refuse a value by its own problem. */
  default <U> Type<U> then(Refinement<? super T, U> refinement) {
    return (node, problems) ->
        read(node, problems).flatMap(value -> refinement.refine(value, node, problems));
  }

  /**
   * A second look at a value that is well formed.
   *
   * @param <T> what was read
   * @param <U> what it becomes
   */
  @FunctionalInterface
  interface Refinement<T, U> {

    /** The value; empty exactly when a problem was added. */
    Optional<U> refine(T value, Node node, Problems problems);
  }
}
