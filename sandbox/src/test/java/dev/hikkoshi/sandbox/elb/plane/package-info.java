/** Tests of the decisions that listeners and health checks make. */
@NullMarked
package dev.hikkoshi.sandbox.elb.plane;

import org.jspecify.annotations.NullMarked;
