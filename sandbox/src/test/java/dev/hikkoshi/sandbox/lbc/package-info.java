/** Tests of the played load balancer controller. */
@NullMarked
package dev.hikkoshi.sandbox.lbc;

import org.jspecify.annotations.NullMarked;
