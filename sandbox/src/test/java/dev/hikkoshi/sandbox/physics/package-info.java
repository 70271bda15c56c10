/** Tests of {@code dev.hikkoshi.sandbox.physics}. */
@NullMarked
package dev.hikkoshi.sandbox.physics;

import org.jspecify.annotations.NullMarked;
