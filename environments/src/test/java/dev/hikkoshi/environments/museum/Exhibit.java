package dev.hikkoshi.environments.museum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One planted bug, as its file tells it:
 *
 * <pre>
 * A title.
 * What it does and where the like of it was met, in as many lines as it takes.
 * found as: a regular expression that the broken rule's sentence matches
 * in plan/Course.java
 * -   a line as it is
 * +   the line as the bug has it
 * </pre>
 *
 * Lines of one edit follow each other, those that go before those that come. What goes must be
 * there exactly once, so that an exhibit cannot rot unseen.
 *
 * @param name the file's, without its ending
 * @param title the first line
 * @param foundAs what the simulator has to say
 * @param edits in order
 */
record Exhibit(String name, String title, Pattern foundAs, List<Edit> edits) {

  private static final String FOUND_AS = "found as: ";
  private static final String IN = "in ";

  Exhibit {
    edits = List.copyOf(edits);
  }

  /**
   * Some lines of a file become others.
   *
   * @param file below the package of the pure core
   */
  record Edit(String file, String was, String is) {

    String on(String source) {
      int at = source.indexOf(was);
      if (at < 0 || source.indexOf(was, at + 1) >= 0) {
        String how = at < 0 ? "is not there" : "is there more than once";
        throw new IllegalStateException(
            "%s: what is to be changed %s:%n%s".formatted(file, how, was));
      }
      return source.substring(0, at) + is + source.substring(at + was.length());
    }
  }

  /** All exhibits of a folder, by name. */
  static List<Exhibit> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Exhibit> all = new ArrayList<>();
      for (Path file : files.filter(f -> f.toString().endsWith(".bug")).sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        all.add(read(name.substring(0, name.lastIndexOf('.')), Files.readAllLines(file)));
      }
      return all;
    }
  }

  static Exhibit read(String name, List<String> lines) {
    Reader reader = new Reader(name);
    lines.forEach(reader::line);
    reader.endOfEdit();
    return new Exhibit(name, lines.getFirst(), reader.foundAs(), reader.edits);
  }

  private static final class Reader {
    private final String name;
    private final List<Edit> edits = new ArrayList<>();
    private final StringBuilder was = new StringBuilder();
    private final StringBuilder is = new StringBuilder();
    private String file = "";
    private String found = "";

    Reader(String name) {
      this.name = name;
    }

    void line(String line) {
      if (line.startsWith("-")) {
        if (!is.isEmpty()) {
          endOfEdit();
        }
        was.append(line.substring(1)).append('\n');
      } else if (line.startsWith("+")) {
        is.append(line.substring(1)).append('\n');
      } else {
        endOfEdit();
        if (line.startsWith(IN)) {
          file = line.substring(IN.length());
        } else if (line.startsWith(FOUND_AS)) {
          found = line.substring(FOUND_AS.length());
        }
      }
    }

    void endOfEdit() {
      if (was.isEmpty() && is.isEmpty()) {
        return;
      }
      if (file.isEmpty() || was.isEmpty()) {
        throw new IllegalStateException(name + ": an edit needs a file and lines that are there");
      }
      edits.add(new Edit(file, was.toString(), is.toString()));
      was.setLength(0);
      is.setLength(0);
    }

    Pattern foundAs() {
      if (found.isEmpty() || edits.isEmpty()) {
        throw new IllegalStateException(name + ": says not what is changed, or how it is found");
      }
      return Pattern.compile(found);
    }
  }
}
