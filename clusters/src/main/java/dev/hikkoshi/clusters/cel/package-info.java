/**
 * Expressions of checks in CEL (the Common Expression Language, github.com/google/cel-spec), by
 * Google's own implementation. It has no loops but those over a value's items, no clock and no way
 * out, so an expression out of Git can neither hang a pass nor reach anything.
 */
@NullMarked
package dev.hikkoshi.clusters.cel;

import org.jspecify.annotations.NullMarked;
