package dev.hikkoshi.demo.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * One phase of a move.
 *
 * @param endedAt empty for the phase that a move is in, or ended in
 */
public record PhaseSeen(String move, String name, Instant since, Optional<Instant> endedAt) {}
