package dev.hikkoshi.tools;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that can be run: where they are, and what version they say they are. */
final class Executables {

  private static final int MAX_ANSWER = 16 * 1024;
  private static final Duration VERSION_DEADLINE = Duration.ofSeconds(10);

  private Executables() {}

  /** The first executable of that name in PATH. */
  static Optional<Path> inPath(String name, Map<String, String> environment) {
    return folders(environment.get("PATH"))
        .map(folder -> folder.resolve(name))
        .filter(Executables::runs)
        .findFirst();
  }

  /**
   * An executable of the same minor as the artifact's, from {@code KUBEBUILDER_ASSETS} or PATH. The
   * patch may differ: what users install is what their system gives them.
   */
  static Optional<Path> matching(Artifact artifact, Map<String, String> environment) {
    if (artifact.tool().versionArguments().isEmpty()) {
      return Optional.empty();
    }
    return Stream.concat(
            folders(environment.get("KUBEBUILDER_ASSETS")), folders(environment.get("PATH")))
        .map(folder -> folder.resolve(artifact.tool().binary()))
        .filter(Executables::runs)
        .filter(file -> saysVersion(file, artifact, environment))
        .findFirst();
  }

  private static boolean saysVersion(
      Path file, Artifact artifact, Map<String, String> environment) {
    List<String> command =
        Stream.concat(Stream.of(file.toString()), artifact.tool().versionArguments().stream())
            .toList();
    Pattern minor = Pattern.compile("\\bv?" + Pattern.quote(artifact.minor()) + "\\.\\d+");
    return ask(command, withHome(environment), VERSION_DEADLINE)
        .flatMap(answer -> answer.lines().findFirst())
        .filter(line -> minor.matcher(line).find())
        .isPresent();
  }

  private static Map<String, String> withHome(Map<String, String> environment) {
    String home = environment.get("HOME");
    return home == null ? Map.of() : Map.of("HOME", home);
  }

  private static Stream<Path> folders(@Nullable String path) {
    return path == null
        ? Stream.empty()
        : Stream.of(path.split(Pattern.quote(File.pathSeparator)))
            .filter(folder -> !folder.isBlank())
            .map(Path::of)
            .filter(Path::isAbsolute);
  }

  private static boolean runs(Path file) {
    return Files.isRegularFile(file) && Files.isExecutable(file);
  }

  /** The standard output of a command that ends well within its deadline; else empty. */
  static Optional<String> ask(
      List<String> command, Map<String, String> environment, Duration deadline) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      // Killing it at the deadline closes the pipe, which ends the read below.
      Thread watch = Thread.ofVirtual().start(() -> killAfter(process, deadline));
      try (var out = process.getInputStream()) {
        byte[] bytes = out.readNBytes(MAX_ANSWER);
        out.transferTo(java.io.OutputStream.nullOutputStream());
        int exit = process.waitFor();
        return exit == 0
            ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
            : Optional.empty();
      } finally {
        process.destroyForcibly();
        watch.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void killAfter(Process process, Duration deadline) {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
