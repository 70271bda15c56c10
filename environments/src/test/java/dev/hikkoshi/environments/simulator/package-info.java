/**
 * Moves in memory: gateways with the behaviour of AWS and Kubernetes, a clock that is turned by
 * hand, faults drawn from a seed, and the rules as invariants that are looked at after every
 * effect. It drives the very {@link dev.hikkoshi.environments.loop.Pass} that production runs.
 */
@NullMarked
package dev.hikkoshi.environments.simulator;

import org.jspecify.annotations.NullMarked;
