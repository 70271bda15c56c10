/**
 * What stands behind load balancers: real listeners that carry requests to real targets, health
 * checks that really ask, draining, and the metrics of what passed. It reads {@link
 * dev.hikkoshi.sandbox.elb.ElbState} and never changes it, but for letting drained targets go.
 */
@NullMarked
package dev.hikkoshi.sandbox.elb.plane;

import org.jspecify.annotations.NullMarked;
