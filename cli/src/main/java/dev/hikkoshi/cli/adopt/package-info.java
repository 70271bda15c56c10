/**
 * What {@code hikkoshi adopt} sees of a cluster that Hikkoshi did not build, and what it makes of
 * it: {@link dev.hikkoshi.cli.adopt.Surveyor} asks AWS and the cluster, everything else is pure. It
 * reads only.
 */
@NullMarked
package dev.hikkoshi.cli.adopt;

import org.jspecify.annotations.NullMarked;
