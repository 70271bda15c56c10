/** The fault script: rules that make calls fail as real ones do, counted and seeded. */
@NullMarked
package dev.hikkoshi.sandbox.fault;

import org.jspecify.annotations.NullMarked;
