/** Expressions of checks, compiled and judged by the real library. */
@NullMarked
package dev.hikkoshi.clusters.cel;

import org.jspecify.annotations.NullMarked;
