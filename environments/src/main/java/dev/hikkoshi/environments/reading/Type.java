package dev.hikkoshi.environments.reading;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a node becomes a value.
 *
 * @param <T> the value
 */
@FunctionalInterface
public interface Type<T> {

  /** The value; empty exactly when a problem was added. */
  Optional<T> read(Node node, Problems problems);

  /** What it takes, as far as that can be said beforehand. */
  default Shape shape() {
    return Shape.ANY;
  }

  /** The same with its shape said by hand, for a type that is code. */
  default Type<T> shaped(Supplier<Shape> shape) {
    Type<T> plain = this;
    return new Type<>() {
      @Override
      public Optional<T> read(Node node, Problems problems) {
        return plain.read(node, problems);
      }

      @Override
      public Shape shape() {
        return shape.get();
      }
    };
  }

  /** A type over this one that may refuse a value by its own problem. */
  default <U> Type<U> then(Refinement<? super T, U> refinement) {
    Type<U> refined =
        (node, problems) ->
            read(node, problems).flatMap(value -> refinement.refine(value, node, problems));
    return refined.shaped(this::shape);
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
