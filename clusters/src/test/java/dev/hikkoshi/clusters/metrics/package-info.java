/**
 * Providers of metrics: real ones where they can run, strict players of their wire formats else.
 */
@NullMarked
package dev.hikkoshi.clusters.metrics;

import org.jspecify.annotations.NullMarked;
