/** Tests of room on other nodes. */
@NullMarked
package dev.hikkoshi.clusters.room;

import org.jspecify.annotations.NullMarked;
