/** Actions, conditions, names and counts, without a region. */
@NullMarked
package dev.hikkoshi.clusters.elb;

import org.jspecify.annotations.NullMarked;
