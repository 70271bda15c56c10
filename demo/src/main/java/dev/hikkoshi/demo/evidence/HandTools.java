package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.ToolException;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What people have in their hands: kubectl, helm and helmfile, the real ones. */
final class HandTools {

  private static final int SECONDS = 60;

  private final Path kubectl;
  private final Path helm;
  private final Path home;
  private final Supplier<Path> helmfile;

  private HandTools(Path kubectl, Path helm, Supplier<Path> helmfile, Path home) {
    this.kubectl = kubectl;
    this.helm = helm;
    this.helmfile = helmfile;
    this.home = home;
  }

  static HandTools of(Folders folders, InstantSource clock) {
    try {
      Toolbox toolbox = Toolbox.standard(clock, ProgressListener.lines(_ -> {}));
      Path home = Files.createDirectories(folders.root().resolve("hand"));
      return new HandTools(
          toolbox.find(Tool.KUBECTL.pinned()),
          toolbox.find(Tool.HELM.pinned()),
          () -> toolbox.find(Tool.HELMFILE.pinned()),
          home);
    } catch (ToolException | IOException e) {
      throw new DemoException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Runs kubectl; answers what it printed. */
  String kubectl(Inside cluster, String... arguments) {
    return run(kubectl, cluster, arguments);
  }

  /** Runs helm; answers what it printed. */
  String helm(Inside cluster, String... arguments) {
    return run(helm, cluster, arguments);
  }

  /** Runs helmfile with that helm; answers what it printed. */
  String helmfile(Inside cluster, String... arguments) {
    List<String> all = new ArrayList<>(List.of("--helm-binary=" + helm));
    all.addAll(List.of(arguments));
    return run(helmfile.get(), cluster, all.toArray(String[]::new));
  }

  private String run(Path program, Inside cluster, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    Path output = home.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("HOME", home.toString()); // not the user's plugins, repositories and contexts
    environment.put("KUBECONFIG", cluster.kubeconfig().toString());
    environment.put("HELMFILE_UPGRADE_NOTICE_DISABLED", "1");
    String what = program.getFileName() + " " + String.join(" ", arguments);
    try {
      Process process = builder.start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DemoException(what + ": no end in " + SECONDS + " s");
      }
      String text = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new DemoException(what + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new DemoException(what + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }
}
