package dev.hikkoshi.parity;

import dev.hikkoshi.cli.HikkoshiCommand;
import dev.hikkoshi.cli.Session;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Our command line inside this JVM, so that thousands of questions do not start thousands of JVMs.
 * What it is asked, and what it prints, is what a user has.
 */
final class Ours implements Side {

  private final Path root;
  private final Map<String, String> variables;

  /**
   * Our side.
   *
   * @param root the folder that files may be read below
   * @param variables of the process, such as where the tools are
   */
  Ours(Path root, Map<String, String> variables) {
    this.root = root;
    this.variables = Map.copyOf(variables);
  }

  @Override
  public Answer ask(Path folder, Question question) {
    List<String> words = new ArrayList<>();
    words.add(
        switch (question.command()) {
          case BUILD -> "build";
          case TEMPLATE -> "render";
        });
    if (!question.file().isEmpty()) {
      words.addAll(List.of("--file", question.file()));
    }
    words.addAll(List.of("--root", root.toString()));
    words.addAll(question.arguments());
    question.environment().keySet().stream()
        .sorted()
        .forEach(name -> words.addAll(List.of("--env", name)));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Map<String, String> process = new HashMap<>(variables);
    process.putAll(question.environment());
    // The machine that judges is busy, and nothing here is endless.
    process.put("HIKKOSHI_TEMPLATE_SECONDS", "60");
    Session session =
        new Session(
            InstantSource.system(),
            process,
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            () -> "",
            folder,
            _ -> true);
    long began = System.nanoTime();
    int code = HikkoshiCommand.commandLine(session).execute(words.toArray(String[]::new));
    session.out().flush();
    session.err().flush();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    return new Answer(code, out.toString(), err.toString(), took);
  }
}
