package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.HikkoshiCommand;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.apps.Shortcut;
import dev.hikkoshi.cli.apps.Worker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Does once what commands do, without printing, so that the launcher's AOT cache knows the classes
 * and methods that matter.
 */
@Command(name = "train", hidden = true, description = "Train the launcher's AOT cache.")
public final class TrainCommand extends Subcommand {

  @Parameters(
      paramLabel = "FILE",
      description = "A kubeconfig whose server refuses connections; a folder is rendered instead.")
  private Path given = Path.of("");

  @Override
  Exit run() {
    Session quiet = quiet();
    return Files.isDirectory(given) ? render(quiet, given.toString()) : look(quiet);
  }

  /** What looks at definitions and clusters. */
  private Exit look(Session quiet) {
    String folder = session().variable("HIKKOSHI_HOME").orElse(".") + "/docs/sample";
    List<List<String>> lines =
        new ArrayList<>(
            List.of(
                List.of("--help"),
                List.of("status", "--help"),
                List.of("stauts"),
                List.of("version", "-o", "json"),
                List.of("version", "-o", "yaml"),
                List.of("validate", folder, "--no-render"),
                List.of("validate", folder, "--no-render", "-o", "json"),
                List.of("plan", "--offline", "--folder", folder),
                List.of("status", "--kubeconfig", given.toString())));
    lines.forEach(line -> run(quiet, line));
    return Exit.OK;
  }

  /**
   * A helmfile as most are, once with nothing kept, and once with what the first kept. Without a
   * worker there is nothing to learn, and what is known of reading alone would be in the way.
   */
  private Exit render(Session quiet, String folder) {
    if (Worker.built(session()).isEmpty()) {
      return Exit.ERROR;
    }
    List<String> environment = List.of(folder, "--environment", "production");
    try {
      Path cache = Files.createTempDirectory("train");
      List<String> line = with("render", environment, "--render-cache", cache.toString());
      boolean good = run(quiet, line) == Exit.OK.code() && Shortcut.find(quiet, line).isPresent();
      run(quiet, with("build", environment));
      try (Stream<Path> kept = Files.list(cache)) {
        for (Path file : kept.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(cache);
      return good ? Exit.OK : Exit.ERROR;
    } catch (IOException e) {
      throw new CliException(Exit.ERROR, "cannot keep renders: " + e.getMessage(), "");
    }
  }

  private static List<String> with(String command, List<String> words, String... more) {
    return Stream.of(List.of(command), words, List.of(more)).flatMap(List::stream).toList();
  }

  private static int run(Session quiet, List<String> line) {
    String[] words = line.toArray(String[]::new);
    return HikkoshiCommand.commandLine(quiet, words).execute(words);
  }

  private Session quiet() {
    return new Session(
        session().clock(),
        Map.of(),
        new PrintWriter(Writer.nullWriter()),
        new PrintWriter(Writer.nullWriter()),
        false,
        () -> "",
        session().folder(),
        session().pause());
  }
}
