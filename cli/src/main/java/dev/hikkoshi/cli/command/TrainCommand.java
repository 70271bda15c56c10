package dev.hikkoshi.cli.command;

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

  @Parameters(paramLabel = "FILE", description = "A kubeconfig whose server refuses connections.")
  private Path kubeconfig = Path.of("");

  @Override
  Exit run() {
    Session quiet = quiet();
    String folder = session().variable("HIKKOSHI_HOME").orElse(".") + "/docs/sample";
    List<List<String>> lines =
        new ArrayList<>(
            List.of(
                List.of("--help"),
                List.of("status", "--help"),
                List.of("stauts"),
                List.of("version", "-o", "json"),
                List.of("version", "-o", "yaml"),
                List.of("validate", folder),
                List.of("validate", folder, "-o", "json"),
                List.of("plan", "--offline", "--folder", folder),
                List.of("status", "--kubeconfig", kubeconfig.toString())));
    lines.forEach(line -> run(quiet, line));
    if (Worker.built(session()).isPresent()) {
      run(quiet, List.of("build", folder + "/shop"));
      render(quiet, folder + "/shop");
    }
    return Exit.OK;
  }

  /** Once with nothing kept, and once with what the first kept. */
  private static void render(Session quiet, String folder) {
    try {
      Path cache = Files.createTempDirectory("train");
      List<String> line = List.of("render", folder, "--render-cache", cache.toString());
      run(quiet, line);
      Shortcut.find(quiet, line);
      try (Stream<Path> kept = Files.list(cache)) {
        for (Path file : kept.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(cache);
    } catch (IOException _) {
      // Without a temporary folder the classes of a cache load a little later.
    }
  }

  private static void run(Session quiet, List<String> line) {
    HikkoshiCommand.commandLine(quiet).execute(line.toArray(String[]::new));
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
