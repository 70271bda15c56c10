/** The chart store against the real helm command line and servers on loopback. */
@NullMarked
package dev.hikkoshi.clusters.charts;

import org.jspecify.annotations.NullMarked;
