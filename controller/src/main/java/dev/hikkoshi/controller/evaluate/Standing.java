package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.environments.definition.Definition;

/**
 * The newest good definition of an environment.
 *
 * @param commit the first commit that we saw it in: a later one that leaves the digest as it is
 *     does not count as another wish
 */
record Standing(Source source, String commit, Definition definition) {

  String environment() {
    return definition.name();
  }

  /** Whether the other asks for the same from the same place. */
  boolean same(Standing other) {
    return definition.digest().equals(other.definition().digest())
        && in(other.source(), other.definition().folder());
  }

  boolean in(Source other, String folder) {
    return source.name().equals(other.name()) && definition.folder().equals(folder);
  }
}
