/**
 * What the proofs of plan, move and check would let pass: PIT's mutants, each shown to the
 * simulator and then to the unit tests.
 *
 * <p>PIT makes the mutants; it does not run them. Its own runner starts over for each test class,
 * and knows no campaign of seeds. Here a process keeps the core warm and swaps one class at a time.
 */
@NullMarked
package dev.hikkoshi.environments.mutants;

import org.jspecify.annotations.NullMarked;
