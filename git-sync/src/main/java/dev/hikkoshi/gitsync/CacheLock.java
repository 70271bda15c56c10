package dev.hikkoshi.gitsync;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Keeps a second process from replacing a clone in the midst of a fetch. */
final class CacheLock implements AutoCloseable {

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock at once or not at all; it ends with the process, however that ends. */
  static CacheLock take(Path folder, String name) throws Trouble {
    FileChannel channel = null;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new CacheLock(channel);
      }
    } catch (OverlappingFileLockException _) {
      // the same answer as from another process
    } catch (IOException e) {
      closeQuietly(channel);
      throw new Trouble(
          Cause.CACHE, "the cache folder cannot be used: " + Texts.line(e.toString()));
    }
    closeQuietly(channel);
    throw new Trouble(
        Cause.CACHE, "another fetch uses the same cache folder; give each process its own");
  }

  @Override
  public void close() {
    closeQuietly(channel);
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException _) {
      // nothing was written; the lock is gone with the descriptor
    }
  }
}
