/**
 * Charts from outside the repository. The helm command line speaks to repositories and registries,
 * in a folder of its own that knows nothing of the user's; what it brought is unpacked by a render
 * worker and kept by its digest. What belongs here is fetching and keeping; which chart a release
 * wants is the helmfile's affair.
 */
@NullMarked
package dev.hikkoshi.clusters.charts;

import org.jspecify.annotations.NullMarked;
