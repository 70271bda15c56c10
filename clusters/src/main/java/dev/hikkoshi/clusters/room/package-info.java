/**
 * Whether pods would find a place on other nodes: the scheduler's filters as far as they can be
 * known from outside, and unknown where they cannot. Pure; what is looked at is given.
 */
@NullMarked
package dev.hikkoshi.clusters.room;

import org.jspecify.annotations.NullMarked;
