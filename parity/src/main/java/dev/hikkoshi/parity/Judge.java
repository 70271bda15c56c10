package dev.hikkoshi.parity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The helmfile binary with the helm binary, each call a process with folders of its own for what
 * Helm keeps, so that nothing of the user's machine takes part.
 */
final class Judge implements Side {

  private static final Duration DEADLINE = Duration.ofMinutes(20);

  private final Path helmfile;
  private final Path helm;
  private final Path home;

  /**
   * A judge.
   *
   * @param home an existing folder that it may fill
   */
  Judge(Path helmfile, Path helm, Path home) {
    this.helmfile = helmfile;
    this.helm = helm;
    this.home = home;
  }

  @Override
  public Answer ask(Path folder, Question question) throws InterruptedException {
    // Helm is found in PATH: build prints how it was named. Files of a folder one after the other,
    // because side by side they print in the order of the moment.
    List<String> command =
        new ArrayList<>(List.of(helmfile.toString(), "--no-color", "--sequential-helmfiles"));
    if (!question.file().isEmpty()) {
      command.addAll(List.of("--file", question.file()));
    }
    command.add(question.command().word());
    command.addAll(question.arguments());
    if (question.command() == Command.TEMPLATE) {
      // In order of definition, which is the order that we promise.
      command.addAll(List.of("--concurrency", "1"));
    }
    return run(command, folder, question.environment());
  }

  /** Runs Helm in the same surroundings. */
  Answer helm(Path folder, String... arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(helm.toString()));
    command.addAll(List.of(arguments));
    return run(command, folder, Map.of());
  }

  private Answer run(List<String> command, Path folder, Map<String, String> environment)
      throws InterruptedException {
    try {
      Path out = Files.createTempFile(home, "out", "");
      Path err = Files.createTempFile(home, "err", "");
      try {
        long began = System.nanoTime();
        Process process = start(command, folder, environment, out, err);
        boolean ended = process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (!ended) {
          process.destroyForcibly();
          return new Answer(124, "", command + " did not end within " + DEADLINE, took);
        }
        return new Answer(process.exitValue(), text(out), text(err), took);
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process start(
      List<String> command, Path folder, Map<String, String> environment, Path out, Path err)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> own = builder.environment();
    own.clear();
    own.put("PATH", helm.getParent() + ":/usr/bin:/bin");
    own.put("HOME", home.toString());
    own.put("TMPDIR", Files.createDirectories(home.resolve("tmp")).toString());
    own.put("HELM_CACHE_HOME", home.resolve("helm-cache").toString());
    own.put("HELM_CONFIG_HOME", home.resolve("helm-config").toString());
    own.put("HELM_DATA_HOME", home.resolve("helm-data").toString());
    own.put("HELMFILE_CACHE_HOME", home.resolve("helmfile-cache").toString());
    own.put("HELMFILE_UPGRADE_NOTICE_DISABLED", "1");
    own.putAll(environment);
    return builder.start();
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
