package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.TrialRender;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.cli.output.Table;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything that is wrong with the environments of a folder, read and rendered, at once. */
@Command(
    name = "validate",
    header = "Say everything that is wrong with the environments of a folder.",
    description = {
      "Read the definitions of a folder, render their releases, say everything that is wrong.",
      "Exit code 1 when something is wrong, 5 when a release could not be rendered for want of"
          + " something that is in no file: a chart server's answer, a key.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi validate                the environments below this folder",
      "  hikkoshi validate envs -o json   for a program; exit code 1 when something is wrong",
      "  hikkoshi validate --no-render    reads only, as fast as can be",
      ""
    })
public final class ValidateCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder with environments, at any depth (default: this one).")
  private Path folder = Path.of(".");

  @Option(
      names = "--no-render",
      description = "Read only: render no release, fetch no chart, start no process for it.")
  private boolean noRender;

  /** An environment with everything that is known of it. */
  private record Judged(Reading reading, TrialRender.Result trial, List<Problem> problems) {

    String name() {
      return reading.name().orElse("?");
    }
  }

  @Override
  Exit run() {
    List<Judged> all;
    try (Worker worker = new Worker(session())) {
      DefinitionFiles files =
          DefinitionFiles.ofFolder(
              folder, session().folder(), worker.templates(), worker.secrets());
      if (files.readings().isEmpty()) {
        throw new CliException(
            Exit.ERROR, "there is no environment.yaml below " + folder, "hikkoshi validate DIR");
      }
      if (format() == Format.NAME) {
        files.readings().forEach(r -> print("environment/" + r.name().orElse("?")));
        return files.problems().isEmpty() ? Exit.OK : Exit.ERROR;
      }
      TrialRender trial = new TrialRender(worker);
      all = files.readings().stream().map(reading -> judged(reading, trial)).toList();
    }
    if (format() == Format.TABLE || format() == Format.WIDE) {
      table(all);
    } else {
      print(document(all));
    }
    return exit(all);
  }

  private Judged judged(Reading reading, TrialRender trial) {
    TrialRender.Result result = noRender ? TrialRender.Result.NONE : trial.of(reading);
    Stream<Problem> rendering =
        result.problems().stream()
            .map(problem -> DefinitionFiles.shown(problem, folder, session().folder()));
    List<Problem> problems =
        Stream.concat(DefinitionFiles.problems(reading).stream(), rendering)
            .distinct()
            .sorted(Problem.ORDER)
            .toList();
    return new Judged(reading, result, problems);
  }

  /** What could not be looked at is not good, and no mistake of the files either. */
  private static Exit exit(List<Judged> all) {
    if (all.stream().anyMatch(one -> !one.problems().isEmpty())) {
      return Exit.ERROR;
    }
    return all.stream()
            .flatMap(one -> one.trial().passed().stream())
            .anyMatch(TrialRender.Passed::outside)
        ? Exit.UNREADABLE
        : Exit.OK;
  }

  private void table(List<Judged> all) {
    Table table = Table.of("ENVIRONMENT", "FOLDER", "RENDERED", "RESULT");
    for (Judged one : all) {
      int count = one.problems().size();
      String folderName = one.reading().folder().isEmpty() ? "." : one.reading().folder();
      table.row(
          one.name(), folderName, rendered(one), count == 0 ? "✓ good" : "✗ " + counted(count));
    }
    print(table.lines());
    all.stream()
        .flatMap(one -> one.problems().stream())
        .distinct()
        .sorted(Problem.ORDER)
        .forEach(
            problem -> {
              print("");
              print(problem.toString().lines().map(this::coloured).toList());
            });
    all.stream().filter(one -> !one.trial().passed().isEmpty()).forEach(this::passed);
  }

  private String rendered(Judged one) {
    if (noRender) {
      return "-";
    }
    int done = one.trial().rendered();
    int passed = one.trial().passed().size();
    return passed == 0 ? Integer.toString(done) : "%d of %d".formatted(done, done + passed);
  }

  private void passed(Judged one) {
    print("");
    print("Not rendered of %s:".formatted(one.name()));
    one.trial().passed().forEach(p -> print("  %s: %s".formatted(release(p), p.why())));
  }

  private static String release(TrialRender.Passed passed) {
    return passed.release().map(ReleaseId::toString).orElse("releases");
  }

  private String coloured(String line) {
    return line.strip().startsWith("|") ? paint().danger(line) : line;
  }

  private static String counted(int count) {
    return count == 1 ? "1 problem" : count + " problems";
  }

  private static ObjectNode document(List<Judged> all) {
    ObjectNode document = Documents.of("Validation");
    document.put("good", all.stream().allMatch(one -> one.problems().isEmpty()));
    var environments = document.putArray("environments");
    for (Judged one : all) {
      ObjectNode environment = environments.addObject();
      environment
          .put("name", one.reading().name().orElse(""))
          .put("folder", one.reading().folder());
      environment.put("good", one.problems().isEmpty());
      var problems = environment.putArray("problems");
      for (Problem problem : one.problems()) {
        problems
            .addObject()
            .put("file", problem.file())
            .put("line", problem.line())
            .put("column", problem.column())
            .put("message", problem.message())
            .put("hint", problem.hint().orElse(""))
            .put("excerpt", problem.excerpt().orElse(""));
      }
      environment.put("rendered", one.trial().rendered());
      var passed = environment.putArray("notRendered");
      for (TrialRender.Passed release : one.trial().passed()) {
        passed
            .addObject()
            .put("release", release.release().map(ReleaseId::toString).orElse(""))
            .put("why", release.why());
      }
    }
    return document;
  }
}
