/** Tests of {@code dev.hikkoshi.sandbox.fault}. */
@NullMarked
package dev.hikkoshi.sandbox.fault;

import org.jspecify.annotations.NullMarked;
