package dev.hikkoshi.environments.museum;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Shows every exhibit to the simulator.
 *
 * <pre>
 *   MuseumMain SOURCES EXHIBITS [--seeds N] [--only NAME]
 * </pre>
 *
 * Exit 0 when each bug was found as its file says within so many seeds (default 10000), 1 when one
 * was missed or found as something else, 2 when there is nothing to show.
 */
public final class MuseumMain {

  private static final long SEEDS = 10_000;
  private static final int WIDTH = 110;

  private MuseumMain() {}

  public static void main(String[] args) throws IOException {
    List<String> words = List.of(args);
    Path sources = Path.of(words.get(0));
    List<Exhibit> exhibits =
        Exhibit.in(Path.of(words.get(1))).stream()
            .filter(e -> option(words, "--only", e.name()).equals(e.name()))
            .toList();
    long seeds = Long.parseLong(option(words, "--seeds", Long.toString(SEEDS)));
    System.exit(show(exhibits, sources, seeds, System.out));
  }

  private static String option(List<String> words, String flag, String otherwise) {
    int at = words.indexOf(flag);
    return at < 0 ? otherwise : words.get(at + 1);
  }

  private static int show(List<Exhibit> exhibits, Path sources, long seeds, PrintStream out)
      throws IOException {
    if (exhibits.isEmpty()) {
      out.println("museum: FAILED, there is no exhibit");
      return 2;
    }
    List<String> missed = new ArrayList<>();
    for (Exhibit exhibit : exhibits) {
      String found = hunt(exhibit, sources, seeds);
      boolean right = exhibit.foundAs().matcher(found).find();
      if (!right) {
        missed.add(exhibit.name());
      }
      String said = found.isEmpty() ? "no seed of %,d broke a rule".formatted(seeds) : found;
      out.printf("%-6s %-32s %s%n", right ? "found" : "MISSED", exhibit.name(), shortly(said));
    }
    if (!missed.isEmpty()) {
      out.printf("museum: FAILED, %d of %d missed: %s%n", missed.size(), exhibits.size(), missed);
      return 1;
    }
    out.printf("museum: %d of %d planted bugs found%n", exhibits.size(), exhibits.size());
    return 0;
  }

  private static String shortly(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH) + "…";
  }

  private static String hunt(Exhibit exhibit, Path sources, long seeds) throws IOException {
    Path out = Files.createTempDirectory("exhibit");
    try (Altered altered = Altered.of(exhibit, sources, out)) {
      return altered.hunt(seeds, Runtime.getRuntime().availableProcessors());
    } finally {
      try (Stream<Path> files = Files.walk(out)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
