/**
 * Checks: one notion for gates, probes and analysis. A check has a verdict and evidence; unknown is
 * never a pass.
 */
@NullMarked
package dev.hikkoshi.environments.check;

import org.jspecify.annotations.NullMarked;
