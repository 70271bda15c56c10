/** Webhooks against real HTTP servers on loopback. */
@NullMarked
package dev.hikkoshi.clusters.webhook;

import org.jspecify.annotations.NullMarked;
