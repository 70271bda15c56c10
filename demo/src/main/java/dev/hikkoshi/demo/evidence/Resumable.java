package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What was seen so far of a proof that does one thing many times: one line each in a file of the
 * state folder, {@code SEED NUMBER WHAT}. A later run with the same folder and seed goes on after
 * it.
 */
final class Resumable {

  private final Optional<Path> file;
  private final int times;
  private final long seed;
  private final SortedMap<Integer, String> done = new TreeMap<>();

  private Resumable(Optional<Path> file, int times, long seed) {
    this.file = file;
    this.times = times;
    this.seed = seed;
  }

  static Resumable in(Ground.Asked asked) {
    Optional<Path> file = asked.state().map(folder -> folder.resolve("seen"));
    Resumable seen = new Resumable(file, asked.times(), asked.seed());
    file.filter(Files::exists).ifPresent(seen::read);
    return seen;
  }

  private void read(Path known) {
    try {
      for (String line : Files.readAllLines(known)) {
        String[] words = line.split(" ", 3);
        if (words.length == 3 && Long.parseLong(words[0]) == seed) {
          done.put(Integer.parseInt(words[1]), words[2]);
        }
      }
    } catch (IOException e) {
      throw new DemoException("cannot read " + known, e);
    }
  }

  int times() {
    return times;
  }

  boolean complete() {
    return left().isEmpty();
  }

  /** Numbers that were not seen yet. */
  List<Integer> left() {
    return IntStream.rangeClosed(1, times).boxed().filter(n -> !done.containsKey(n)).toList();
  }

  void add(int number, String what) {
    done.put(number, what);
    file.ifPresent(
        to -> {
          try {
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.writeString(
                to,
                "%d %d %s%n".formatted(seed, number, what),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
          } catch (IOException e) {
            throw new DemoException("cannot write " + to, e);
          }
        });
  }

  /** What was seen, by number. */
  List<String> all() {
    return List.copyOf(done.headMap(times + 1).values());
  }
}
