/**
 * When a live object is what its kind calls good. Pure functions of objects; what could not be seen
 * never gets here. Two kinds of bad are told apart, because they lead to different acts:
 * progressing (waiting may help) and failing (waiting will not).
 */
@NullMarked
package dev.hikkoshi.clusters.health;

import org.jspecify.annotations.NullMarked;
