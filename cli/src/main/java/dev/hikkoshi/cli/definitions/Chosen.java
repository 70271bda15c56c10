package dev.hikkoshi.cli.definitions;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The environments that a command is about. */
public final class Chosen {

  private Chosen() {}

  /**
   * What was asked for; all of them when nothing was named.
   *
   * @throws CliException when there is none of that name, or anything is wrong with one: then every
   *     problem was said
   */
  public static List<Definition> of(
      DefinitionFiles files, Optional<String> environment, Session session) {
    List<Reading> chosen =
        files.readings().stream()
            .filter(r -> environment.isEmpty() || r.name().equals(environment))
            .toList();
    if (chosen.isEmpty()) {
      throw missing(files, environment);
    }
    List<Problem> problems =
        chosen.stream().flatMap(r -> DefinitionFiles.problems(r).stream()).distinct().toList();
    if (!problems.isEmpty()) {
      problems.forEach(problem -> session.say(problem.toString()));
      throw new CliException(
          Exit.ERROR, "the definition is not good; the lines above say where", "");
    }
    return chosen.stream()
        .flatMap(r -> r instanceof Reading.Good good ? Stream.of(good.definition()) : Stream.of())
        .toList();
  }

  private static CliException missing(DefinitionFiles files, Optional<String> environment) {
    if (environment.isEmpty()) {
      return new CliException(
          Exit.ERROR, "there is no environment.yaml here", "--folder DIR says where they are.");
    }
    List<String> names = files.readings().stream().flatMap(r -> r.name().stream()).toList();
    String nearest =
        Nearest.to(environment.get(), names).map(n -> "; did you mean '" + n + "'?").orElse("");
    return new CliException(
        Exit.ERROR,
        "there is no environment '%s' in the files%s".formatted(environment.get(), nearest),
        names.isEmpty() ? "" : "There are: " + String.join(", ", names) + ".");
  }
}
