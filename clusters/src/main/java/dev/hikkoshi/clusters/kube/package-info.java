/**
 * The Kubernetes API of target clusters: connections with refreshed tokens, plain requests,
 * discovery, live objects kept by watches, health by kind. It knows Kubernetes and nothing of Helm;
 * what a release is belongs to {@code clusters.helm}. Objects are JSON trees, because charts bring
 * kinds that no typed model knows.
 */
@NullMarked
package dev.hikkoshi.clusters.kube;

import org.jspecify.annotations.NullMarked;
