package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Unreadable;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.definitions.DefinitionFiles;
import dev.hikkoshi.cli.folder.EnvironmentText;
import dev.hikkoshi.cli.folder.FolderTexts;
import dev.hikkoshi.cli.folder.NewFolder;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.environments.reading.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An environment's folder out of what a team has: a helmfile and an eksctl file. */
@Command(
    name = "init",
    header = "Make an environment's folder out of a helmfile and an eksctl file.",
    description = {
      "Make an environment's folder out of a helmfile and an eksctl file. Writes environment.yaml and",
      "cluster.yaml, never over a file that is there; the helmfile stays as and where it is.",
      "Exit code 1 when something is left to be done by hand.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi init shop --cluster eksctl.yaml --helmfile helmfile.yaml --account 111122223333",
      "  hikkoshi init shop --cluster eksctl.yaml --account 111122223333 --into envs/shop",
      "  hikkoshi init shop --cluster eksctl.yaml --helmfile helmfile.yaml.gotmpl \\",
      "      --environment production --account 111122223333",
      ""
    })
public final class InitCommand extends Subcommand {

  @Parameters(arity = "1", paramLabel = "NAME", description = "Name of the environment.")
  private String name = "";

  @Option(
      names = "--cluster",
      required = true,
      paramLabel = "FILE",
      description = "The eksctl file; what is not supported is left out and told.")
  private Path cluster = Path.of("");

  @Option(names = "--helmfile", paramLabel = "FILE", description = "The helmfile.")
  private @Nullable Path helmfile;

  @Option(
      names = {"-e", "--environment"},
      paramLabel = "NAME",
      description = "helmfile's environment (default: default).")
  private @Nullable String environment;

  @Option(
      names = "--account",
      required = true,
      paramLabel = "ID",
      description = "The AWS account; in any other nothing is ever done.")
  private String account = "";

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "The folder to make (default: NAME, in this folder).")
  private @Nullable Path into;

  @Override
  Exit run() {
    Path started = session().folder();
    Path folder = started.resolve(Optional.ofNullable(into).orElse(Path.of(name))).normalize();
    NewFolder made =
        new NewFolder(
            started,
            folder,
            Optional.ofNullable(helmfile).map(file -> started.resolve(file).normalize()));
    String text = read(started.resolve(cluster).normalize());
    FolderTexts.Result result;
    try (Worker worker = new Worker(session())) {
      result =
          new FolderTexts(
                  made.below(),
                  files ->
                      DefinitionFiles.laidOver(
                          made.root(), made.below(), files, worker.templates(), worker.secrets()))
              .of(environmentText(made, text), text, cluster.toString());
    }
    made.write(result.files(), false);
    tell(result, made);
    return result.problems().isEmpty() ? Exit.OK : Exit.ERROR;
  }

  private String environmentText(NewFolder made, String cluster) {
    return new EnvironmentText(name, account, NewFolder.region(cluster))
        .apps(made.helmfile(), Optional.ofNullable(environment))
        .text();
  }

  private String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CliException(
          Exit.ERROR,
          "the file %s cannot be read: %s".formatted(cluster, Unreadable.why(e)),
          "--cluster names the eksctl file. Without one: hikkoshi adopt makes it of a cluster.");
    }
  }

  private void tell(FolderTexts.Result result, NewFolder made) {
    List<String> written = result.files().keySet().stream().map(made::shown).toList();
    switch (format()) {
      case JSON, YAML -> print(document(result, written));
      case NAME -> print(written);
      case TABLE, WIDE -> {
        written.forEach(file -> print("✓ wrote " + file));
        lines("Not taken over from " + cluster + ":", result.left());
        lines("To be done by hand:", result.problems());
        if (result.problems().isEmpty()) {
          print("");
          print("It begins in mode observe: it reads and reports, and writes nothing.");
          print("Next: routes in environment.yaml, then hikkoshi plan " + name + " --offline");
        }
      }
    }
  }

  private void lines(String head, List<Problem> problems) {
    if (problems.isEmpty()) {
      return;
    }
    print("");
    print(head);
    problems.forEach(problem -> print("  " + problem.oneLine()));
  }

  private static ObjectNode document(FolderTexts.Result result, List<String> written) {
    ObjectNode document = Documents.of("Init");
    written.forEach(document.putArray("written")::add);
    for (var entry : Map.of("left", result.left(), "problems", result.problems()).entrySet()) {
      var list = document.putArray(entry.getKey());
      for (Problem problem : entry.getValue()) {
        list.addObject()
            .put("file", problem.file())
            .put("line", problem.line())
            .put("column", problem.column())
            .put("message", problem.message())
            .put("hint", problem.hint().orElse(""));
      }
    }
    return document;
  }
}
