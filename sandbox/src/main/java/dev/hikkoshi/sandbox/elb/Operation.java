package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.Form;

/** One operation as a function: what exists and the parameters in, what exists then out. */
@FunctionalInterface
interface Operation {

  /**
   * Applies it.
   *
   * @throws dev.hikkoshi.sandbox.aws.AwsException for every refusal that AWS makes too
   */
  Outcome apply(Surroundings around, ElbState state, Form form);
}
