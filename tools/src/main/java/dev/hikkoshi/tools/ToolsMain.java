package dev.hikkoshi.tools;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@code hikkoshi tools}: what the launcher calls. Data goes to stdout, talk to stderr; exits with
 * 0, with 1 where a binary cannot be had, and with 64 for wrong usage.
 */
public final class ToolsMain {

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int USAGE = 64;

  private static final String HELP =
      """
      Examples:
        hikkoshi tools build                     all binaries that the sandbox and the demo need
        hikkoshi tools path kube-apiserver@1.36  prints one path, building it if need be
        hikkoshi tools list --output json

      Usage:
        hikkoshi tools list                      what is pinned, and where it is already
        hikkoshi tools build [NAME[@VERSION]...] finds or builds
        hikkoshi tools path NAME[@VERSION]       finds or builds one and prints its path

      Options:
        -o, --output text|json
        -h, --help

      Binaries are looked for in the cache ($HIKKOSHI_CACHE, else $XDG_CACHE_HOME/hikkoshi, else
      ~/.cache/hikkoshi), in $KUBEBUILDER_ASSETS and in PATH (same minor version), and else built
      from the pinned Go modules, which needs Go %s or newer.
      """
          .formatted(GoToolchain.NEEDED);

  private final PrintStream out;
  private final PrintStream err;
  private final Function<ProgressListener, Toolbox> toolboxes;
  private final boolean terminal;

  ToolsMain(
      PrintStream out,
      PrintStream err,
      boolean terminal,
      Function<ProgressListener, Toolbox> toolboxes) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.toolboxes = toolboxes;
  }

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    Function<ProgressListener, Toolbox> standard =
        listener -> Toolbox.standard(InstantSource.system(), listener);
    System.exit(new ToolsMain(System.out, System.err, terminal, standard).run(List.of(args)));
  }

  int run(List<String> args) {
    List<String> words = new ArrayList<>(args);
    if (words.removeIf(word -> word.equals("-h") || word.equals("--help"))) {
      out.print(HELP);
      return OK;
    }
    Optional<Boolean> json = takeOutput(words);
    if (json.isEmpty()) {
      return wrong("--output is text or json");
    }
    if (words.isEmpty()) {
      return wrong("a command is missing: list, build or path");
    }
    String command = words.removeFirst();
    Optional<String> stranger =
        words.stream().filter(word -> Artifact.parse(word).isEmpty()).findFirst();
    if (stranger.isPresent()) {
      return wrong(stranger.get() + " is not pinned here; there are: " + known());
    }
    List<Artifact> artifacts =
        words.stream().flatMap(word -> Artifact.parse(word).stream()).distinct().toList();
    return switch (command) {
      case "list" -> artifacts.isEmpty() ? list(json.get()) : wrong("list takes no names");
      case "build" -> build(artifacts.isEmpty() ? Tool.standardSet() : artifacts, json.get());
      case "keys" -> keys(artifacts);
      case "path" ->
          artifacts.size() == 1 ? path(artifacts.getFirst()) : wrong("path takes a name");
      default -> wrong("no such command: " + command);
    };
  }

  private static Optional<Boolean> takeOutput(List<String> words) {
    boolean json = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      String value;
      if (word.startsWith("--output=")) {
        value = word.substring("--output=".length());
      } else if (word.equals("-o") || word.equals("--output")) {
        value = i + 1 < words.size() ? words.remove(i + 1) : "";
      } else {
        continue;
      }
      if (!value.equals("text") && !value.equals("json")) {
        return Optional.empty();
      }
      json = value.equals("json");
      words.remove(i--);
    }
    return Optional.of(json);
  }

  private int list(boolean json) {
    Toolbox toolbox = toolboxes.apply(ProgressListener.silent());
    List<Row> rows = new ArrayList<>();
    try {
      for (Tool tool : Tool.values()) {
        for (String version : tool.versions()) {
          Artifact artifact = new Artifact(tool, version);
          rows.add(new Row(artifact, toolbox.present(artifact)));
        }
      }
    } catch (ToolException e) {
      return failed(e);
    }
    print(rows, json);
    return OK;
  }

  private int build(List<Artifact> artifacts, boolean json) {
    Map<Artifact, Path> found;
    try {
      found = toolboxes.apply(listener()).findAll(artifacts);
    } catch (ToolException e) {
      return failed(e);
    }
    print(
        found.entrySet().stream()
            .map(entry -> new Row(entry.getKey(), Optional.of(entry.getValue())))
            .toList(),
        json);
    return OK;
  }

  private int path(Artifact artifact) {
    try {
      out.println(toolboxes.apply(listener()).find(artifact));
      return OK;
    } catch (ToolException e) {
      return failed(e);
    }
  }

  /** For the launcher, which keeps them beside what it built; no help names it. */
  private int keys(List<Artifact> artifacts) {
    try {
      out.print(KnownKeys.text(toolboxes.apply(ProgressListener.silent()), artifacts));
      return OK;
    } catch (ToolException e) {
      return failed(e);
    }
  }

  private ProgressListener listener() {
    ProgressListener lines = ProgressListener.lines(err::println);
    if (!terminal) {
      return lines;
    }
    // One line that is written over while it builds; what ends a build stays.
    return progress -> {
      if (progress instanceof Progress.Building building) {
        String line = ProgressLines.line(building);
        err.print("\r\u001b[K" + line.substring(0, Math.min(line.length(), 100)));
        err.flush();
        return;
      }
      err.print("\r\u001b[K");
      lines.onProgress(progress);
    };
  }

  private record Row(Artifact artifact, Optional<Path> path) {}

  private void print(List<Row> rows, boolean json) {
    if (!json) {
      rows.forEach(
          row ->
              out.printf(
                  "%-32s%s%n", row.artifact(), row.path().map(Path::toString).orElse("not built")));
      return;
    }
    out.println("{\"apiVersion\": \"hikkoshi.dev/v1alpha1\", \"kind\": \"ToolList\", \"items\": [");
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      out.printf(
          "  {\"name\": %s, \"version\": %s, \"path\": %s}%s%n",
          Json.text(row.artifact().tool().binary()),
          Json.text(row.artifact().version()),
          row.path().map(path -> Json.text(path.toString())).orElse("null"),
          i + 1 < rows.size() ? "," : "");
    }
    out.println("]}");
  }

  private static String known() {
    return String.join(
        ", ",
        Stream.of(Tool.values())
            .map(tool -> tool.binary() + "@" + String.join("|", tool.versions()))
            .toList());
  }

  private int failed(ToolException e) {
    err.println("hikkoshi tools: " + e.getMessage());
    return e.reason() == ToolException.Reason.INTERRUPTED ? 130 : FAILED;
  }

  private int wrong(String why) {
    err.println("hikkoshi tools: " + why + "\nSee `hikkoshi tools --help`.");
    return USAGE;
  }
}
