/**
 * The outside as the core needs it. The core owns these interfaces; adapters implement them in
 * {@code clusters} and {@code controller}, the simulator in memory. Reading methods answer an
 * {@link dev.hikkoshi.environments.observed.Observation} and never throw for what could not be
 * read; writing methods answer a {@link dev.hikkoshi.environments.port.Outcome} and never throw for
 * a refusal.
 */
@NullMarked
package dev.hikkoshi.environments.port;

import org.jspecify.annotations.NullMarked;
