/** Tests of {@code dev.hikkoshi.sandbox.state}. */
@NullMarked
package dev.hikkoshi.sandbox.state;

import org.jspecify.annotations.NullMarked;
