/**
 * Providers of metrics behind {@code MetricsGateway}: CloudWatch, Prometheus, Datadog, New Relic.
 * Each turns a question and a window into values by whole periods ({@link
 * dev.hikkoshi.clusters.metrics.Provider}); what the values mean is said once, in {@link
 * dev.hikkoshi.clusters.metrics.Blocks}. A provider that failed, a period without data and a zero
 * are three different answers everywhere. Credentials come from files, as Kubernetes mounts a
 * Secret, are read again when they are needed, and are in no URL, log, error or status.
 */
@NullMarked
package dev.hikkoshi.clusters.metrics;

import org.jspecify.annotations.NullMarked;
