/** Tests of pods with behaviour. */
@NullMarked
package dev.hikkoshi.sandbox.pods;

import org.jspecify.annotations.NullMarked;
