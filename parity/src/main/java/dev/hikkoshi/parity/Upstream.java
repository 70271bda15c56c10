package dev.hikkoshi.parity;

import dev.hikkoshi.parity.Side.Question;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every case of helmfile's own test data, found in its module, one row of a table each. */
final class Upstream {

  private static final String SNAPSHOTS = "e2e/template/helmfile/testdata/snapshot";
  private static final String CHARTS = "e2e/template/helmfile/testdata/charts";
  private static final String INTEGRATION = "integration/test-cases";
  private static final Pattern PORT = Pattern.compile("port: (\\d+)");

  private final Toolbox toolbox;
  private final Judge judge;
  private final Path ground;
  private final Trial trial;
  private final Side ours;
  private final PrintStream out;

  Upstream(Toolbox toolbox, Judge judge, Path ground, ExecutorService threads, PrintStream out) {
    this.toolbox = toolbox;
    this.judge = judge;
    this.ground = ground;
    this.ours = new Ours(ground, System.getenv());
    this.trial = new Trial(judge, ours, ground, threads);
    this.out = out;
  }

  /**
   * Asks all rows.
   *
   * @param module the module's folder
   * @param table {@code parity/upstream.txt}
   * @param only rows whose name has this in it
   * @return 0 when every row holds and every case has a row
   */
  int run(Path module, Path table, String only) throws IOException, InterruptedException {
    Path tests = ground.resolve("test");
    copy(module.resolve("test"), tests);
    List<UpstreamRow> rows = UpstreamRow.parse(Files.readString(table));
    Set<String> strangers = UpstreamRow.strangers(rows, there(tests));
    strangers.forEach(name -> out.println("no row, or no case: " + name));
    Path packages = Files.createDirectory(ground.resolve("packages"));
    List<Path> charts = pack(tests.resolve(CHARTS), packages);
    int bad = strangers.size();
    List<UpstreamRow> asked = rows.stream().filter(row -> row.name().contains(only)).toList();
    try (Registry registry =
        Registry.start(
            toolbox.find(Tool.REGISTRY.pinned()),
            Files.createDirectory(ground.resolve("registry")))) {
      for (Path chart : charts) {
        String target = "oci://localhost:" + registry.port() + "/myrepo";
        needGood(judge.helm(packages, "push", chart.toString(), target, "--plain-http"));
      }
      for (UpstreamRow row : asked) {
        bad += row(row, tests, packages, registry.port()) ? 0 : 1;
      }
    }
    long refused = asked.stream().filter(row -> !row.reason().isEmpty()).count();
    out.printf(
        "parity theirs: %d cases, %d rows, %d of them with a reason, %d do not hold%n",
        asked.stream().map(UpstreamRow::name).distinct().count(), asked.size(), refused, bad);
    return bad == 0 ? 0 : 1;
  }

  private boolean row(UpstreamRow row, Path tests, Path packages, int registry)
      throws IOException, InterruptedException {
    if (row.question().isEmpty()) {
      print(row, "not asked: " + row.reason());
      return true;
    }
    Path folder = folder(tests, row.name());
    Question question = prepared(row, folder, registry);
    if (!row.serving().equals("repo")) {
      return asked(row, folder, question);
    }
    try (ChartServer _ = ChartServer.start(packages, port(folder))) {
      return asked(row, folder, question);
    }
  }

  private boolean asked(UpstreamRow row, Path folder, Question question)
      throws InterruptedException {
    if (!row.reason().isEmpty()) {
      Answer answer = ours.ask(folder, question);
      boolean told = !answer.good() && answer.err().contains(row.word());
      print(row, told ? "refused: " + row.reason() : "NOT REFUSED by " + row.word());
      if (!told) {
        out.println("    " + answer.said().replace("\n", "\n    "));
      }
      return told;
    }
    return switch (trial.ask(folder, question)) {
      case Verdict.Equal same -> {
        print(row, "pass (" + same.documents() + " documents)");
        yield true;
      }
      case Verdict.BothRefuse _ -> {
        print(row, "pass (both refuse)");
        yield true;
      }
      case Verdict.Different difference -> {
        print(row, "DIFFERENT");
        difference.where().forEach(line -> out.println("    " + line.replace("\n", "\n    ")));
        yield false;
      }
    };
  }

  private void print(UpstreamRow row, String result) {
    String asked =
        row.question()
            .map(q -> q.command().word() + " " + q.file() + " " + q.arguments())
            .orElse("");
    out.printf("%-62s %-28s %s%n", row.name(), result, asked);
  }

  /** The registry's port stands in the input as a word. */
  private static Question prepared(UpstreamRow row, Path folder, int registry) throws IOException {
    Question question = row.question().orElseThrow();
    if (!row.serving().equals("oci")) {
      return question;
    }
    Path input = folder.resolve(question.file());
    Files.writeString(
        input, Files.readString(input).replace("$REGISTRY_PORT", Integer.toString(registry)));
    List<String> arguments = new ArrayList<>(question.arguments());
    arguments.add("--oci-plain-http");
    return new Question(question.command(), question.file(), arguments, question.environment());
  }

  private static int port(Path folder) throws IOException {
    Matcher port = PORT.matcher(Files.readString(folder.resolve("config.yaml")));
    if (!port.find()) {
      throw new IOException(folder + " names no port");
    }
    return Integer.parseInt(port.group(1));
  }

  private static Path folder(Path tests, String name) {
    String own = name.substring(name.indexOf('/') + 1);
    if (name.startsWith("snapshot/")) {
      return tests.resolve(SNAPSHOTS).resolve(own);
    }
    Path whole = tests.resolve(INTEGRATION).resolve(own);
    return Stream.of("input", "input-plain")
        .map(whole::resolve)
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(whole);
  }

  private static Set<String> there(Path tests) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String set : List.of(SNAPSHOTS, INTEGRATION)) {
      try (Stream<Path> folders = Files.list(tests.resolve(set))) {
        folders
            .filter(Files::isDirectory)
            .map(
                folder ->
                    (set.equals(SNAPSHOTS) ? "snapshot/" : "integration/") + folder.getFileName())
            .forEach(names::add);
      }
    }
    return names;
  }

  private List<Path> pack(Path charts, Path target) throws IOException, InterruptedException {
    try (Stream<Path> folders = Files.list(charts)) {
      for (Path chart : folders.filter(Files::isDirectory).sorted().toList()) {
        needGood(judge.helm(target, "package", chart.toString()));
      }
    }
    needGood(judge.helm(target, "repo", "index", "."));
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> file.toString().endsWith(".tgz")).sorted().toList();
    }
  }

  private static void needGood(Answer answer) throws IOException {
    if (!answer.good()) {
      throw new IOException("helm: " + answer.said());
    }
  }

  /** The module cache is read-only, and helmfile writes beside its input. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.write(target, Files.readAllBytes(file));
        }
      }
    }
  }
}
