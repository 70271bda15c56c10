package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where everything of one demo is.
 *
 * @param root of the demo's state
 * @param checkout the checkout of Hikkoshi that the demo was started from
 */
public record Folders(Path root, Path checkout) {

  /**
   * The folder to use.
   *
   * @param wanted must be empty or not there yet; a fresh temporary one without it
   * @throws DemoException when it is in use
   */
  public static Folders of(Optional<Path> wanted) {
    String checkout = System.getProperty("hikkoshi.root", ".");
    try {
      Path root = wanted.isPresent() ? wanted.get() : Files.createTempDirectory("hikkoshi-demo-");
      Files.createDirectories(root);
      try (Stream<Path> files = Files.list(root)) {
        if (files.findAny().isPresent()) {
          throw new DemoException(root + " is not empty; the demo begins with an empty folder");
        }
      }
      return new Folders(root.toRealPath(), Path.of(checkout).toRealPath());
    } catch (IOException e) {
      throw new DemoException("cannot use the state folder: " + e.getMessage(), e);
    }
  }

  public Path sandbox() {
    return root.resolve("sandbox");
  }

  /** The repository that the controller reads. */
  public Path origin() {
    return root.resolve("environments.git");
  }

  /** A clone of it, in which commits are made. */
  public Path work() {
    return root.resolve("environments");
  }

  public Path sample() {
    return checkout.resolve("docs").resolve("sample");
  }

  public Path log(String name) {
    return root.resolve(name + ".log");
  }

  /** Removes everything. */
  public void delete() {
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> all = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new DemoException("could not remove " + root + ": " + e.getMessage(), e);
    }
  }

  /** The last lines of a log, for the message of a failure. */
  public String tail(String log) {
    try {
      List<String> lines = Files.readAllLines(log(log));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    } catch (IOException e) {
      return "(" + log(log) + " cannot be read)";
    }
  }
}
