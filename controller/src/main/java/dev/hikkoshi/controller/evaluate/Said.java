package dev.hikkoshi.controller.evaluate;

import java.util.Optional;

/**
 * What Git says about one environment.
 *
 * @param standing the newest good definition; empty when there never was one
 * @param stale why that is not the newest commit, or why it is held
 */
record Said(Optional<Standing> standing, Optional<Stale> stale) {

  /** Whether it asks for the same, however many commits are between. */
  boolean same(Said other) {
    return stale.equals(other.stale) && digest().equals(other.digest());
  }

  private Optional<String> digest() {
    return standing.map(s -> s.source().name() + " " + s.definition().digest());
  }
}
