package dev.hikkoshi.parity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An OCI registry on loopback.
 *
 * @param port where it listens
 */
record Registry(Process process, int port) implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(30);

  /** Starts one over an empty folder and waits until it listens. */
  static Registry start(Path binary, Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration = folder.resolve("registry.yml");
    Files.writeString(
        configuration,
        """
        version: 0.1
        log: {level: error, accesslog: {disabled: true}}
        storage:
          filesystem: {rootdirectory: %s}
        http: {addr: "127.0.0.1:%d"}
        """
            .formatted(folder.resolve("blobs"), port));
    Process process =
        new ProcessBuilder(List.of(binary.toString(), "serve", configuration.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("registry.log").toFile())
            .start();
    long until = System.nanoTime() + START.toNanos();
    while (!listens(port)) {
      if (System.nanoTime() > until || process.waitFor(50, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(
            "the registry did not start: " + Files.readString(folder.resolve("registry.log")));
      }
    }
    return new Registry(process, port);
  }

  private static boolean listens(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
