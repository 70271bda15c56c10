/** Tests of {@code dev.hikkoshi.sandbox.process}. */
@NullMarked
package dev.hikkoshi.sandbox.process;

import org.jspecify.annotations.NullMarked;
