package dev.hikkoshi.demo.stage;

import dev.hikkoshi.sandbox.process.Child;
import dev.hikkoshi.sandbox.process.ChildSpec;
import dev.hikkoshi.sandbox.process.Children;
import dev.hikkoshi.sandbox.state.FileStateStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The demo's Java processes. They run below the sandbox's supervisor, so that none of them stays
 * when the demo is killed.
 */
public final class Processes implements AutoCloseable {

  /** How long a process may take to end by itself. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private static final List<String> PASSED_ON =
      List.of(
          "PATH",
          "HOME",
          "USER",
          "LANG",
          "TMPDIR",
          "XDG_CACHE_HOME",
          "HIKKOSHI_CACHE",
          "KUBEBUILDER_ASSETS");

  private final Folders folders;
  private final Children children;

  public Processes(Folders folders) {
    this.folders = folders;
    children =
        new Children(
            new FileStateStore(folders.root().resolve("processes")),
            folders.root().resolve("processes"));
  }

  /**
   * What to run.
   *
   * @param name of the process and of its log
   * @param jvm options of the JVM
   * @param program what follows them: {@code -jar FILE} or {@code -cp PATH MAIN}, and arguments
   * @param environment beside the few variables that are passed on
   */
  public record Spec(
      String name, List<String> jvm, List<String> program, Map<String, String> environment) {

    public Spec {
      jvm = List.copyOf(jvm);
      program = List.copyOf(program);
      environment = Map.copyOf(environment);
    }
  }

  /** Starts a JVM of the same kind as this one. */
  public Child start(Spec spec) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dhikkoshi.root=" + folders.checkout()));
    command.addAll(spec.jvm());
    command.addAll(spec.program());
    Map<String, String> environment = new HashMap<>();
    PASSED_ON.forEach(
        key -> {
          String value = System.getenv(key);
          if (value != null) {
            environment.put(key, value);
          }
        });
    environment.putAll(spec.environment());
    return children.start(
        new ChildSpec(spec.name(), command, environment, folders.root(), folders.log(spec.name())));
  }

  /** The class path of this JVM, for processes out of the same jars. */
  static String classPath() {
    return System.getProperty("java.class.path");
  }

  @Override
  public void close() {
    children.close();
  }
}
