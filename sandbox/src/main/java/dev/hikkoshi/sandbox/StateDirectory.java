package dev.hikkoshi.sandbox;

import dev.hikkoshi.sandbox.aws.Identities.Identity;
import dev.hikkoshi.sandbox.net.Ports;
import dev.hikkoshi.sandbox.state.FileStateStore;
import dev.hikkoshi.sandbox.state.PrivateFiles;
import dev.hikkoshi.sandbox.sts.AccessKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The directory of a sandbox, locked while it runs, and the files in it that clients read. */
final class StateDirectory implements AutoCloseable {

  private static final String FRONT = "front";

  private final Path root;
  private final FileStateStore store;
  private final FileChannel lockFile;

  /** What is kept of the front. */
  record Kept(int port) {}

  /** The file that tells other processes of a sandbox that runs. */
  record Running(long pid, int port) {}

  private StateDirectory(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
    store = new FileStateStore(root.resolve("state"));
  }

  /**
   * Takes the directory.
   *
   * @throws IllegalStateException where another sandbox has it
   */
  static StateDirectory take(Path root) {
    try {
      PrivateFiles.directory(root);
      PrivateFiles.directory(root.resolve("run"));
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new IllegalStateException(
            "a sandbox with the state directory %s is running; end it with: hikkoshi sandbox stop"
                .formatted(root));
      }
      return new StateDirectory(root, channel);
    } catch (IOException e) {
      throw new UncheckedIOException("could not use the state directory " + root, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path root() {
    return root;
  }

  Path file(String name) {
    return root.resolve(name);
  }

  FileStateStore store() {
    return store;
  }

  /** The port to listen on: the wanted one, or for 0 the kept one, or a free one, which is kept. */
  int port(int wanted) {
    if (wanted != 0) {
      return wanted;
    }
    return store
        .read(FRONT, Kept.class)
        .map(Kept::port)
        .orElseGet(
            () -> {
              int free = Ports.free();
              store.write(FRONT, new Kept(free));
              return free;
            });
  }

  void started(int port) {
    store.write("running", new Running(ProcessHandle.current().pid(), port));
  }

  /** Writes credentials, config and CA as AWS clients want them. */
  void writeClientFiles(URI endpoint, String region, AccessKeys keys, String caPem) {
    String credentials =
        profile("default", keys.operator()) + "\n" + profile("hikkoshi", keys.hikkoshi());
    String config =
        """
        [default]
        region = %1$s
        endpoint_url = %2$s

        [profile hikkoshi]
        region = %1$s
        endpoint_url = %2$s
        """
            .formatted(region, endpoint);
    try {
      PrivateFiles.write(file("credentials"), credentials);
      PrivateFiles.write(file("config"), config);
      PrivateFiles.write(file("ca.pem"), caPem);
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the files for AWS clients", e);
    }
  }

  private static String profile(String name, Identity identity) {
    String token = identity.sessionToken();
    return """
        [%s]
        aws_access_key_id = %s
        aws_secret_access_key = %s
        """
            .formatted(name, identity.accessKeyId(), identity.secretKey())
        + (token == null ? "" : "aws_session_token = " + token + "\n");
  }

  Path managementKubeconfig() {
    return file("management.kubeconfig");
  }

  void copyManagementKubeconfig(Path from) {
    try {
      PrivateFiles.write(managementKubeconfig(), Files.readAllBytes(from));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write the management kubeconfig", e);
    }
  }

  @Override
  public void close() throws IOException {
    store.delete("running");
    lockFile.close();
  }
}
