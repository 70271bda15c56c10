/**
 * Control planes: real API servers with their controllers, started and ended as EKS would, and what
 * other parts of the region learn of them.
 */
@NullMarked
package dev.hikkoshi.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
