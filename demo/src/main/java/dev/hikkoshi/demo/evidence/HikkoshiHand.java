package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.Folders;
import dev.hikkoshi.demo.stage.LocalRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A person who types {@code hikkoshi}, with their own credentials. */
final class HikkoshiHand {

  private static final int SECONDS = 180;
  private static final List<String> PASSED_ON =
      List.of("PATH", "HOME", "XDG_CACHE_HOME", "HIKKOSHI_CACHE", "JAVA_HOME", "LANG");

  private final Folders folders;
  private final LocalRegion region;

  HikkoshiHand(Folders folders, LocalRegion region) {
    this.folders = folders;
    this.region = region;
  }

  /** How a command ended. */
  record Answer(int code, String out, String err) {

    /** For messages. */
    String whole() {
      return "exit %d\n%s%s".formatted(code, out, err);
    }
  }

  /** Runs the launcher of this checkout in a folder. */
  Answer type(Path folder, String... words) {
    List<String> command =
        new ArrayList<>(List.of(folders.checkout().resolve("hikkoshi").toString()));
    command.addAll(List.of(words));
    Path out = folders.root().resolve("hikkoshi.out");
    Path err = folders.root().resolve("hikkoshi.err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = new HashMap<>(region.environment("default"));
    for (String key : PASSED_ON) {
      String value = System.getenv(key);
      if (value != null) {
        environment.put(key, value);
      }
    }
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DemoException("no end in " + SECONDS + " s: " + String.join(" ", words));
      }
      return new Answer(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new DemoException("hikkoshi: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }
}
