package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.Xml;
import java.util.function.Consumer;

/**
 * What an operation comes to.
 *
 * @param state all that exists after it; the same object where it only describes
 * @param answer writes the result
 */
record Outcome(ElbState state, Consumer<Xml> answer) {

  static Outcome nothing(ElbState state) {
    return new Outcome(state, xml -> {});
  }
}
