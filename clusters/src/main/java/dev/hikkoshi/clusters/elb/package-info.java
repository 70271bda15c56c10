/**
 * Elastic Load Balancing v2 and the request counts it reports to CloudWatch: the listener rule of a
 * route, its target groups and their health, and who still names them. Nothing of the SDK leaves
 * this package.
 */
@NullMarked
package dev.hikkoshi.clusters.elb;

import org.jspecify.annotations.NullMarked;
