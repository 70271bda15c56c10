package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.LocalRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A person with a shell, the real AWS command line and their own credentials. */
final class AwsHand {

  private static final int SECONDS = 120;

  private final Path program;
  private final LocalRegion region;
  private final String profile;
  private final Path home;

  AwsHand(Path program, LocalRegion region, Path folder) {
    this(program, region, folder, "default");
  }

  /** With the credentials of another profile. */
  AwsHand(Path program, LocalRegion region, Path folder, String profile) {
    this.program = program;
    this.profile = profile;
    this.region = region;
    try {
      this.home = Files.createDirectories(folder.resolve("aws-hand"));
    } catch (IOException e) {
      throw new DemoException("cannot make a home", e);
    }
  }

  /** Types one line as it is printed; answers what came back. */
  String type(String line) {
    Path output = home.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("/bin/sh", "-c", line))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = new HashMap<>(region.environment(profile));
    environment.put("HOME", home.toString());
    environment.put("AWS_PAGER", "");
    environment.put("PATH", program.toAbsolutePath().getParent() + ":/usr/bin:/bin");
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new DemoException("no end in " + SECONDS + " s: " + line);
      }
      String text = Files.readString(output);
      if (process.exitValue() != 0) {
        throw new DemoException(line + "\n" + text);
      }
      return text;
    } catch (IOException e) {
      throw new DemoException(line + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }
}
