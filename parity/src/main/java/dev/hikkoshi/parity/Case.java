package dev.hikkoshi.parity;

import dev.hikkoshi.parity.Side.Command;
import dev.hikkoshi.parity.Side.Question;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A helmfile with its files and the questions about it.
 *
 * <p>On disk it is one text ({@link Archive}): the comment says what is shown; lines in it that
 * begin with {@code args:}, {@code env:}, {@code only:} or are {@code refused} or {@code crlf} are
 * for the machine. The chart {@code ./chart} is there in every case: it prints its values and what
 * it is told.
 *
 * @param name from its file
 * @param comment what it shows
 * @param files path → text
 * @param questions asked of both sides
 * @param expected what both sides have to do with it
 */
record Case(
    String name,
    String comment,
    Map<String, String> files,
    List<Question> questions,
    Expected expected) {

  /** What both sides have to do. */
  enum Expected {
    ACCEPTED,
    REFUSED,
    /** Nothing is known of it but that they have to agree. */
    EITHER
  }

  /** Prints its values as JSON, so that a number is told from a text. */
  private static final Map<String, String> CHART =
      Map.of(
          "chart/Chart.yaml",
          "apiVersion: v2\nname: chart\nversion: 0.1.0\n",
          "chart/values.yaml",
          "own: {kept: true, list: [1, 2], text: chart}\nkept: chart\n",
          "chart/templates/told.yaml",
          """
          apiVersion: v1
          kind: ConfigMap
          metadata:
            name: {{ .Release.Name | quote }}
            namespace: {{ .Release.Namespace | quote }}
          data:
            values: {{ toJson .Values | quote }}
            kube: {{ .Capabilities.KubeVersion.Version | quote }}
            extra: {{ .Capabilities.APIVersions.Has "example.com/v1" | quote }}
          """);

  Case {
    files = new LinkedHashMap<>(files);
    questions = List.copyOf(questions);
  }

  /** Reads a case. */
  static Case parse(String name, String text) {
    Archive archive = Archive.parse(text);
    List<String> arguments = words(archive.comment(), "args:");
    Map<String, String> environment = new LinkedHashMap<>();
    for (String pair : words(archive.comment(), "env:")) {
      environment.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    List<String> only = words(archive.comment(), "only:");
    List<Question> questions = new ArrayList<>();
    for (Command command : Command.values()) {
      if (only.isEmpty() || only.contains(command.word())) {
        questions.add(new Question(command, main(archive), arguments, environment));
      }
    }
    boolean refused = archive.comment().lines().anyMatch("refused"::equals);
    Map<String, String> files = new LinkedHashMap<>(archive.files());
    if (archive.comment().lines().anyMatch("crlf"::equals)) {
      files.replaceAll((_, content) -> content.replace("\n", "\r\n"));
    }
    return new Case(
        name, archive.comment(), files, questions, refused ? Expected.REFUSED : Expected.ACCEPTED);
  }

  private static String main(Archive archive) {
    // With several or none it is for either side to find one, or to refuse.
    List<String> there =
        Stream.of("helmfile.yaml", "helmfile.yaml.gotmpl")
            .filter(archive.files()::containsKey)
            .toList();
    return there.size() == 1 ? there.getFirst() : "";
  }

  private static List<String> words(String comment, String key) {
    return comment
        .lines()
        .filter(line -> line.startsWith(key))
        .flatMap(line -> Stream.of(line.substring(key.length()).strip().split("\\s+")))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /** All cases of a folder, by name. */
  static List<Case> folder(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Case> cases = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".txtar")) {
          cases.add(parse(name.replace(".txtar", ""), Files.readString(file)));
        }
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes its files and the chart into a folder. */
  void write(Path folder) {
    try {
      for (Map<String, String> some : List.of(CHART, files)) {
        for (Map.Entry<String, String> file : some.entrySet()) {
          if (file.getKey().startsWith(Recording.WANT)) {
            continue;
          }
          Path path = folder.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.writeString(path, file.getValue());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
