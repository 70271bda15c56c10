/**
 * How AWS is reached and how its answers are read, once for all adapters: clients with deliberate
 * retries and time limits, and the mapping of errors to outcomes. SDK types are this package's
 * business and that of the adapters beside it; no other module sees them.
 */
@NullMarked
package dev.hikkoshi.clusters.aws;

import org.jspecify.annotations.NullMarked;
