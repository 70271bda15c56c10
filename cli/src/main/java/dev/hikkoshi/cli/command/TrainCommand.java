package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.HikkoshiCommand;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.apps.Worker;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    if (Worker.ready(session())) {
      lines.add(List.of("build", folder + "/shop"));
      lines.add(List.of("render", folder + "/shop", "--render-cache", "off"));
    }
    lines.forEach(line -> HikkoshiCommand.commandLine(quiet).execute(line.toArray(String[]::new)));
    return Exit.OK;
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
