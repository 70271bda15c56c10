/**
 * The inside of a cluster as releases: rendering what Git wants for it, Helm's own records as the
 * inventory, server-side apply under Helm's field manager, pruning, drift, and the ends of routes.
 * The records are Helm's, so that its command line works on what is written here; whatever Helm
 * does that can be seen from outside is done the same way.
 */
@NullMarked
package dev.hikkoshi.clusters.helm;

import org.jspecify.annotations.NullMarked;
