/** Tests of the region as a whole, and the manual clock that all tests use. */
@NullMarked
package dev.hikkoshi.sandbox;

import org.jspecify.annotations.NullMarked;
