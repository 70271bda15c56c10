/**
 * Holds Hikkoshi's reading of helmfiles against the helmfile binary. Here belong the cases, the
 * generator of random helmfiles, the two sides that answer and the comparison of their answers;
 * nothing here knows how either side finds its answer, both are asked by their command lines.
 */
@NullMarked
package dev.hikkoshi.parity;

import org.jspecify.annotations.NullMarked;
