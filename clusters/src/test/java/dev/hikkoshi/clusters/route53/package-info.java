/** Names, pace and counting, without a region. */
@NullMarked
package dev.hikkoshi.clusters.route53;

import org.jspecify.annotations.NullMarked;
