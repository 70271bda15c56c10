package dev.hikkoshi.clusters.charts;

import dev.hikkoshi.clusters.charts.ChartException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the helm command line, bounded in time, memory and output. It sees nothing of the user's
 * configuration: no plugins, no other repositories, no credential helpers.
 */
final class HelmProcess {

  static final String REPOSITORIES = "repositories.yaml";
  static final String REGISTRIES = "registries.json";

  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(50);

  /** helm takes some 60 MB; the index of a large public repository (20 MB) makes that 300. */
  private static final long MOST_MEMORY = 1L << 30;

  private static final long MOST_DISK = 200L << 20;
  private static final int MOST_OUTPUT = 16 << 10;
  private static final int MOST_SAID = 400;
  private static final String REASON_FOLLOWS = "Unable to get an update from the";

  /** What is said of a server that did not answer; anything else is an answer. */
  private static final Pattern UNREACHABLE =
      Pattern.compile(
          "dial tcp|no such host|connection refused|connection reset|i/o timeout|TLS handshake"
              + "|deadline exceeded|unexpected EOF|: EOF|50[0-9] |429 ");

  /** Of the parent's environment only what says how the network is reached. */
  private static final List<String> INHERITED =
      List.of(
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR");

  private final Path helm;
  private final Path work;
  private final List<String> secrets;

  /**
   * Runs of helm in one folder.
   *
   * @param secrets what must not be in any message
   */
  HelmProcess(Path helm, Path work, List<String> secrets) {
    this.helm = helm;
    this.work = work;
    this.secrets = List.copyOf(secrets);
  }

  void run(Origin origin, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(helm.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    environment(builder.environment());
    // helm repo update says on its standard output what went wrong.
    builder.redirectErrorStream(true);
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new ChartException(Reason.UNREACHABLE, "helm cannot be started: " + helm, e);
    }
    try (OutputStream _ = process.getOutputStream();
        InputStream errors = process.getInputStream()) {
      StringBuilder said = new StringBuilder();
      Thread reader = Thread.ofVirtual().start(() -> read(errors, said));
      Optional<String> why = await(process);
      reader.join(Duration.ofSeconds(2));
      check(origin, process, why, said.toString());
    } catch (IOException _) {
      // Only closing pipes of a process that has ended.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChartException(Reason.UNREACHABLE, "Fetching was interrupted.", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private void environment(Map<String, String> environment) {
    Map<String, String> inherited = Map.copyOf(environment);
    environment.clear();
    INHERITED.stream()
        .filter(inherited::containsKey)
        .forEach(name -> environment.put(name, inherited.get(name)));
    String folder = work.toString();
    environment.put("HOME", folder);
    environment.put("DOCKER_CONFIG", folder + "/docker");
    environment.put("HELM_CACHE_HOME", folder + "/cache");
    environment.put("HELM_CONFIG_HOME", folder + "/config");
    environment.put("HELM_DATA_HOME", folder + "/data");
    environment.put("HELM_REPOSITORY_CONFIG", work.resolve(REPOSITORIES).toString());
    environment.put("HELM_REGISTRY_CONFIG", work.resolve(REGISTRIES).toString());
  }

  /** Waits for the end; says why it was killed, where it was. */
  private Optional<String> await(Process process) throws InterruptedException {
    long until = System.nanoTime() + DEADLINE.toNanos();
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      Optional<String> over = Optional.empty();
      if (System.nanoTime() > until) {
        over = Optional.of("it took longer than " + DEADLINE.toSeconds() + " s");
      } else if (memory(process) > MOST_MEMORY) {
        over = Optional.of("it took more than " + (MOST_MEMORY >> 20) + " MiB of memory");
      } else if (Folders.bytes(work) > MOST_DISK) {
        over = Optional.of("it wrote more than " + (MOST_DISK >> 20) + " MiB");
      }
      if (over.isPresent()) {
        process.destroyForcibly().waitFor();
        return over;
      }
    }
    return Optional.empty();
  }

  /** Resident bytes; 0 where the system does not tell (only Linux does, in this way). */
  private static long memory(Process process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .map(kib -> kib << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException | RuntimeException _) {
      return 0;
    }
  }

  private void check(Origin origin, Process process, Optional<String> why, String said)
      throws InterruptedException {
    if (why.isPresent()) {
      throw new ChartException(
          Reason.UNREACHABLE, "helm was stopped at " + origin.text() + ": " + why.get());
    }
    int code = process.waitFor();
    if (code == 0) {
      return;
    }
    String shown = shown(said);
    throw new ChartException(
        UNREACHABLE.matcher(shown).find() ? Reason.UNREACHABLE : Reason.WRONG,
        "%s: %s".formatted(origin.text(), shown.isEmpty() ? "helm ended with " + code : shown));
  }

  /** The last line is the error, unless a line before it says that the reason follows. */
  private String shown(String said) {
    List<String> lines = said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    String last = lines.isEmpty() ? "" : lines.getLast();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).contains(REASON_FOLLOWS)) {
        last = lines.get(i + 1);
      }
    }
    for (String secret : secrets) {
      last = last.replace(secret, "(hidden)");
    }
    return last.length() <= MOST_SAID ? last : last.substring(0, MOST_SAID) + "…";
  }

  private static void read(InputStream errors, StringBuilder said) {
    byte[] buffer = new byte[1024];
    try {
      for (int n = errors.read(buffer); n >= 0; n = errors.read(buffer)) {
        said.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
        if (said.length() > MOST_OUTPUT) {
          said.delete(0, said.length() - MOST_OUTPUT / 2);
        }
      }
    } catch (IOException _) {
      // The process is gone; what it said until then is kept.
    }
  }
}
