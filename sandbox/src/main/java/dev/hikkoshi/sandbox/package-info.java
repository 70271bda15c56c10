/**
 * The region as a whole: how it is started and stopped, what its parts are given, and how parts
 * that play one service or one inhabitant of clusters plug in.
 */
@NullMarked
package dev.hikkoshi.sandbox;

import org.jspecify.annotations.NullMarked;
