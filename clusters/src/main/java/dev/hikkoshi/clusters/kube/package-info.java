/**
 * The Kubernetes API of target clusters: clients with refreshed tokens, server-side apply, live
 * objects kept by watches, readiness by kind. Client types stay in here; others see {@code
 * Manifest}s.
 */
@NullMarked
package dev.hikkoshi.clusters.kube;

import org.jspecify.annotations.NullMarked;
