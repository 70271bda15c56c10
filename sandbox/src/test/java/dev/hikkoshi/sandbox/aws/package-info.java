/** Tests of {@code dev.hikkoshi.sandbox.aws}. */
@NullMarked
package dev.hikkoshi.sandbox.aws;

import org.jspecify.annotations.NullMarked;
