/** Tests against a real API server, judged by the helm and kubectl command lines. */
@NullMarked
package dev.hikkoshi.clusters.helm;

import org.jspecify.annotations.NullMarked;
