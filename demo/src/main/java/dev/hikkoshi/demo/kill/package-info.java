/**
 * The proof that a controller may be killed at any moment: a move in which it is killed at every
 * boundary of every effect, and moves in which it is killed at some moment, with users there and
 * with the region's own log of calls as the witness.
 */
@NullMarked
package dev.hikkoshi.demo.kill;

import org.jspecify.annotations.NullMarked;
