/** Tests of {@code dev.hikkoshi.sandbox.eks}. */
@NullMarked
package dev.hikkoshi.sandbox.eks;

import org.jspecify.annotations.NullMarked;
