package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.simulator.Campaign.Failure;
import dev.hikkoshi.environments.simulator.Campaign.Sums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of a campaign in a file of lines {@code word, tab, value}, so that one that was killed
 * goes on. It belongs to one state of the code: seeds that another planner held say nothing of this
 * one.
 */
final class CampaignFile {

  private static final String CODE = "code";
  private static final String FROM = "from";
  private static final String EVENT = "event";
  private static final String BROKE = "broke";

  private final Path file;
  private final String code;
  private final long from;

  /**
   * Names a file, which need not exist.
   *
   * @param code what the seeds are run with, see {@link Code}
   * @param from the first seed
   */
  CampaignFile(Path file, String code, long from) {
    this.file = file;
    this.code = code;
    this.from = from;
  }

  /**
   * The sums until now.
   *
   * @throws IllegalStateException when they are another code's or begin at another seed
   */
  Sums read() throws IOException {
    if (!Files.exists(file)) {
      return Sums.none();
    }
    Map<String, String> values = new HashMap<>();
    Sometimes sometimes = new Sometimes();
    List<Failure> failures = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split("\t", 3);
      switch (words[0]) {
        case EVENT -> sometimes.happened(words[2], Long.parseLong(words[1]));
        case BROKE -> failures.add(new Failure(Long.parseLong(words[1]), words[2]));
        default -> values.put(words[0], words[1]);
      }
    }
    same(CODE, code, values);
    same(FROM, Long.toString(from), values);
    return new Sums(
        Long.parseLong(value("seeds", values)),
        Long.parseLong(value("moves", values)),
        Long.parseLong(value("passes", values)),
        Double.parseDouble(value("seconds", values)),
        Double.parseDouble(value("busySeconds", values)),
        sometimes,
        failures);
  }

  private void same(String what, String now, Map<String, String> values) {
    String then = value(what, values);
    if (!then.equals(now)) {
      throw new IllegalStateException(
          "%s is of %s %s, this would be %s; name another file".formatted(file, what, then, now));
    }
  }

  private String value(String word, Map<String, String> values) {
    String value = values.get(word);
    if (value == null) {
      throw new IllegalStateException(file + " does not say " + word);
    }
    return value;
  }

  /** Replaces the file by these sums, whole or not at all. */
  void write(Sums sums) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(CODE + "\t" + code);
    lines.add(FROM + "\t" + from);
    lines.add("seeds\t" + sums.seeds());
    lines.add("moves\t" + sums.moves());
    lines.add("passes\t" + sums.passes());
    lines.add("seconds\t" + sums.seconds());
    lines.add("busySeconds\t" + sums.busySeconds());
    sums.sometimes().counts().forEach((e, n) -> lines.add(EVENT + "\t" + n + "\t" + e));
    sums.failures()
        .forEach(f -> lines.add(BROKE + "\t" + f.seed() + "\t" + f.rule().replaceAll("\\s+", " ")));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.write(next, lines);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
