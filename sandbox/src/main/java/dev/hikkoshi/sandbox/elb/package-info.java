/**
 * Elastic Load Balancing v2 as AWS documents it, for application load balancers: what exists
 * ({@link dev.hikkoshi.sandbox.elb.ElbState}, a value), the rules by which each operation changes
 * it (pure), and the query protocol. The listeners that really carry requests are in {@code
 * elb.plane}.
 */
@NullMarked
package dev.hikkoshi.sandbox.elb;

import org.jspecify.annotations.NullMarked;
