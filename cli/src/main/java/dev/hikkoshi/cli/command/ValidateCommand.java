package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Table;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.reading.Problem;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Everything that is wrong with the environments of a folder, at once. */
@Command(
    name = "validate",
    description = "Read the definitions of a folder and say everything that is wrong.",
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi validate                the environments below this folder",
      "  hikkoshi validate envs -o json   for a program; exit code 1 when something is wrong",
      ""
    })
public final class ValidateCommand extends Subcommand {

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "Folder with environments, at any depth (default: this one).")
  private Path folder = Path.of(".");

  @Override
  Exit run() {
    DefinitionFiles files;
    try (Worker worker = new Worker(session())) {
      files =
          DefinitionFiles.ofFolder(
              folder, session().folder(), worker.templates(), worker.secrets());
    }
    if (files.readings().isEmpty()) {
      throw new CliException(
          Exit.ERROR, "there is no environment.yaml below " + folder, "hikkoshi validate DIR");
    }
    List<Problem> problems = files.problems();
    switch (format()) {
      case JSON, YAML -> print(document(files));
      case NAME -> files.readings().forEach(r -> print("environment/" + name(r)));
      case TABLE, WIDE -> table(files, problems);
    }
    return problems.isEmpty() ? Exit.OK : Exit.ERROR;
  }

  private void table(DefinitionFiles files, List<Problem> problems) {
    Table table = Table.of("ENVIRONMENT", "FOLDER", "RESULT");
    for (Reading reading : files.readings()) {
      int count = DefinitionFiles.problems(reading).size();
      String folderName = reading.folder().isEmpty() ? "." : reading.folder();
      table.row(name(reading), folderName, count == 0 ? "✓ good" : "✗ " + counted(count));
    }
    print(table.lines());
    for (Problem problem : problems) {
      print("");
      print(problem.toString().lines().map(this::coloured).toList());
    }
  }

  private String coloured(String line) {
    return line.strip().startsWith("|") ? paint().danger(line) : line;
  }

  private static String counted(int count) {
    return count == 1 ? "1 problem" : count + " problems";
  }

  private static String name(Reading reading) {
    return reading.name().orElse("?");
  }

  private static ObjectNode document(DefinitionFiles files) {
    ObjectNode document = Documents.of("Validation");
    document.put("good", files.problems().isEmpty());
    var environments = document.putArray("environments");
    for (Reading reading : files.readings()) {
      ObjectNode environment = environments.addObject();
      environment.put("name", reading.name().orElse("")).put("folder", reading.folder());
      environment.put("good", reading instanceof Reading.Good);
      var problems = environment.putArray("problems");
      for (Problem problem : DefinitionFiles.problems(reading)) {
        problems
            .addObject()
            .put("file", problem.file())
            .put("line", problem.line())
            .put("column", problem.column())
            .put("message", problem.message())
            .put("hint", problem.hint().orElse(""))
            .put("excerpt", problem.excerpt().orElse(""));
      }
    }
    return document;
  }
}
