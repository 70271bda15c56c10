package dev.hikkoshi.environments.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Verdicts in a file, a line each, so that a run that was killed goes on. They are of one state of
 * the code: another planner's mutants are others.
 */
final class MutantsFile {

  private static final int MUTATION = 7;
  private static final int LINE = MUTATION + 2;

  private final Path file;
  private final String head;

  /**
   * Names a file, which need not exist.
   *
   * @param head what the verdicts belong to, in one line
   */
  MutantsFile(Path file, String head) {
    this.file = file;
    this.head = head;
  }

  /**
   * The verdicts until now.
   *
   * @throws IllegalStateException when they are another code's
   */
  Map<Mutation, Verdict> read() throws IOException {
    Map<Mutation, Verdict> verdicts = new HashMap<>();
    if (!Files.exists(file)) {
      Files.writeString(file, head + "\n");
      return verdicts;
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().equals(head)) {
      throw new IllegalStateException(
          "%s is of other code or other seeds; name another file".formatted(file));
    }
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split("\t", LINE);
      if (parts.length < LINE) {
        // It was being written when the run was killed; the next one must not go on in it.
        Files.write(file, lines.subList(0, lines.size() - 1));
        break;
      }
      Verdict verdict = new Verdict(Verdict.Kind.valueOf(parts[MUTATION]), parts[MUTATION + 1]);
      verdicts.put(Mutation.read(line), verdict);
    }
    return verdicts;
  }

  /** Those of a file, of whatever code, that nobody noticed; in its order. */
  static List<Mutation> missed(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .filter(line -> line.contains("\t" + Verdict.Kind.NOBODY + "\t"))
        .map(Mutation::read)
        .toList();
  }

  void add(Mutation mutation, Verdict verdict) throws IOException {
    String line = mutation.written(verdict.kind().name(), verdict.how());
    Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
  }
}
