/**
 * Route 53 and the name servers that answer for it: the zones, the records of one name, atomic
 * changes, and the share that real answers show. Nothing of the SDK or of the DNS library leaves
 * this package.
 */
@NullMarked
package dev.hikkoshi.clusters.route53;

import org.jspecify.annotations.NullMarked;
