package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the last good definition in the history of a source, along first parents. It is what makes
 * a broken commit harmless even when the controller is started after it.
 */
final class LookBack {

  /** How many commits are looked at. */
  static final int MOST = 200;

  private final DefinitionReader reader;

  /**
   * By question, a commit from which on back there is nothing that is looked for, not even with
   * mistakes: those may be the machine's, and are read again.
   */
  private final Map<String, String> missed = new HashMap<>();

  LookBack(DefinitionReader reader) {
    this.reader = reader;
  }

  /**
   * What is looked for.
   *
   * @param bad whether it may be one with mistakes
   */
  private record Wanted(String what, Predicate<Definition> good, Predicate<Reading.Bad> bad) {}

  /** The newest good definition with that name before {@code head}. */
  Optional<Standing> byName(Source source, String head, String name) {
    return find(
        source,
        head,
        new Wanted(
            "name " + name,
            d -> d.name().equals(name),
            b -> b.name().filter(n -> !n.equals(name)).isEmpty()));
  }

  /** The newest good definition in that folder before {@code head}. */
  Optional<Standing> byFolder(Source source, String head, String folder) {
    return find(
        source,
        head,
        new Wanted(
            "folder " + folder, d -> d.folder().equals(folder), b -> b.folder().equals(folder)));
  }

  private Optional<Standing> find(Source source, String head, Wanted wanted) {
    String question = source.name() + " " + wanted.what();
    @Nullable String before = missed.get(question);
    @Nullable String nothing = null;
    for (String commit : source.firstParents(head, MOST)) {
      if (commit.equals(head)) {
        continue;
      }
      List<Reading> readings = reader.read(source.tree(commit), source.folder());
      Optional<Definition> found =
          readings.stream().flatMap(r -> good(r).stream()).filter(wanted.good()).findFirst();
      if (found.isPresent()) {
        return Optional.of(new Standing(source, commit, found.get()));
      }
      if (readings.stream().anyMatch(r -> r instanceof Reading.Bad b && wanted.bad().test(b))) {
        nothing = null;
      } else if (nothing == null) {
        nothing = commit;
      }
      if (commit.equals(before)) {
        break;
      }
    }
    if (nothing != null) {
      missed.put(question, nothing);
    }
    return Optional.empty();
  }

  static Optional<Definition> good(Reading reading) {
    return switch (reading) {
      case Reading.Good(Definition definition) -> Optional.of(definition);
      case Reading.Bad _ -> Optional.empty();
    };
  }
}
