package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import java.util.List;
import java.util.Optional;

/** What became of one folder that has an {@code environment.yaml}. */
public sealed interface Reading {

  /** From the root of the tree; empty for the root itself. */
  String folder();

  /** {@code metadata.name}, also of a bad one where it could be read. */
  Optional<String> name();

  /** What no other environment may have too. */
  List<Claim> claims();

  /** A complete definition. */
  record Good(Definition definition) implements Reading {

    @Override
    public String folder() {
      return definition.folder();
    }

    @Override
    public Optional<String> name() {
      return Optional.of(definition.name());
    }

    @Override
    public List<Claim> claims() {
      return definition.claims();
    }
  }

  /**
   * An environment that stays on its last good desired state.
   *
   * @param problems all that were found, by file, line and column; at least one
   * @param claims what it claims as far as it could be read; at least its name
   * @param renderable for who wants to know all that is wrong; nobody acts on it
   */
  record Bad(
      String folder,
      Optional<String> name,
      List<Problem> problems,
      List<Claim> claims,
      Renderable renderable)
      implements Reading {

    public Bad {
      problems = problems.stream().sorted(Problem.ORDER).toList();
      claims = List.copyOf(claims);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a bad definition has a problem: " + folder);
      }
    }

    /** A bad one of which nothing can be rendered. */
    public Bad(String folder, Optional<String> name, List<Problem> problems, List<Claim> claims) {
      this(folder, name, problems, claims, Renderable.NOTHING);
    }

    /** The same with other problems. */
    public Bad with(List<Problem> others) {
      return new Bad(folder, name, others, claims, renderable);
    }

    /** A bad one that claims nothing but, where known, its name. */
    public Bad(String folder, Optional<String> name, List<Problem> problems) {
      this(
          folder,
          name,
          problems,
          name.map(n -> Claim.ofName(n, Place.of(problems.getFirst().file()))).stream().toList());
    }
  }
}
