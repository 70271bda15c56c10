/**
 * The rights that Hikkoshi needs, in one table each for AWS and Kubernetes, and the policies that
 * are made of them: for people who install it, and for a test that holds the table against what the
 * adapters really call. Nothing here asks anybody anything.
 */
@NullMarked
package dev.hikkoshi.clusters.rights;

import org.jspecify.annotations.NullMarked;
