/** Tests of {@code dev.hikkoshi.sandbox.cluster}. */
@NullMarked
package dev.hikkoshi.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
