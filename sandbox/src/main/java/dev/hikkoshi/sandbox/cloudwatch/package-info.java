/**
 * CloudWatch: metrics of what really happened, published period by period, and the three operations
 * that read them. It knows nothing of load balancers; they add to its series.
 */
@NullMarked
package dev.hikkoshi.sandbox.cloudwatch;

import org.jspecify.annotations.NullMarked;
