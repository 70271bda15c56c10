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

/** What people have in their hands: kubectl and helm, the real ones. */
final class HandTools {

  private static final int SECONDS = 60;

  private final Path kubectl;
  private final Path helm;
  private final Path home;

  private HandTools(Path kubectl, Path helm, Path home) {
    this.kubectl = kubectl;
    this.helm = helm;
    this.home = home;
  }

  static HandTools of(Folders folders, InstantSource clock) {
    try {
      Toolbox toolbox = Toolbox.standard(clock, ProgressListener.lines(_ -> {}));
      Path home = Files.createDirectories(folders.root().resolve("hand"));
      return new HandTools(
          toolbox.find(Tool.KUBECTL.pinned()), toolbox.find(Tool.HELM.pinned()), home);
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
