/**
 * Environments as they stand in Git: {@code environment.yaml} and {@code cluster.yaml}, read
 * strictly and with positions, into what one commit asks for. An error holds its own environment
 * and touches no other.
 */
@NullMarked
package dev.hikkoshi.environments.definition;

import org.jspecify.annotations.NullMarked;
