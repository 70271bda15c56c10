/** Real servers that several adapters' tests run against. */
@NullMarked
package dev.hikkoshi.clusters.testing;

import org.jspecify.annotations.NullMarked;
