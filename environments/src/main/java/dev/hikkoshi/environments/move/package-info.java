/** The life of clusters, routes and moves as sealed states; only legal transitions are methods. */
@NullMarked
package dev.hikkoshi.environments.move;

import org.jspecify.annotations.NullMarked;
