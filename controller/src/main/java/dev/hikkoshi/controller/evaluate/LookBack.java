package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Finds the last good definition in the history of a source, along first parents. It is what makes
 * a broken commit harmless even when the controller is started after it.
 */
final class LookBack {

  /** How many commits are looked at. */
  static final int MOST = 200;

  private final DefinitionReader reader;
  private final Set<String> missed = new HashSet<>();

  LookBack(DefinitionReader reader) {
    this.reader = reader;
  }

  /** The newest good definition with that name before {@code head}. */
  Optional<Standing> byName(Source source, String head, String name) {
    return find(source, head, "name " + name, d -> d.name().equals(name));
  }

  /** The newest good definition in that folder before {@code head}. */
  Optional<Standing> byFolder(Source source, String head, String folder) {
    return find(source, head, "folder " + folder, d -> d.folder().equals(folder));
  }

  private Optional<Standing> find(
      Source source, String head, String what, Predicate<Definition> wanted) {
    String question = source.name() + " " + head + " " + what;
    if (missed.contains(question)) {
      return Optional.empty();
    }
    for (String commit : source.firstParents(head, MOST)) {
      Optional<Definition> found =
          commit.equals(head) ? Optional.empty() : at(source, commit, wanted);
      if (found.isPresent()) {
        return Optional.of(new Standing(source, commit, found.get()));
      }
    }
    missed.add(question);
    return Optional.empty();
  }

  private Optional<Definition> at(Source source, String commit, Predicate<Definition> wanted) {
    return reader.read(source.tree(commit), source.folder()).stream()
        .flatMap(reading -> good(reading).stream())
        .filter(wanted)
        .findFirst();
  }

  static Optional<Definition> good(Reading reading) {
    return switch (reading) {
      case Reading.Good(Definition definition) -> Optional.of(definition);
      case Reading.Bad _ -> Optional.empty();
    };
  }
}
