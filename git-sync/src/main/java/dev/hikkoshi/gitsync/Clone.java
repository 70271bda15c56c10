package dev.hikkoshi.gitsync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.ObjectWalk;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * A bare repository on disk that can be thrown away: everything in it comes from the remote. Reads
 * go on while another one takes its place.
 */
final class Clone implements GitNode.Objects, AutoCloseable {

  private final Path folder;
  private final AtomicBoolean damaged = new AtomicBoolean();
  private @Nullable Repository repository;

  Clone(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** The repository, made when there is none; the caller closes it. */
  synchronized Repository acquire() throws IOException {
    Repository open = repository;
    if (open == null) {
      open = openOrCreate();
      repository = open;
    }
    open.incrementOpen();
    return open;
  }

  /** Whether something is there to open. */
  boolean exists() {
    return RepositoryCache.FileKey.isGitRepository(folder.toFile(), FS.DETECTED);
  }

  /** Whether a read met an object that is missing or broken. */
  boolean isDamaged() {
    return damaged.get();
  }

  /** Says that something that must be here is not. */
  void reportDamage() {
    damaged.set(true);
  }

  /** Puts a fresh clone in this one's place; the fresh one is used up. */
  synchronized void replaceWith(Clone fresh) throws IOException {
    fresh.close();
    close();
    delete(folder);
    Files.move(fresh.folder, folder);
    damaged.set(false);
  }

  /** Removes all of it. */
  synchronized void discard() throws IOException {
    close();
    delete(folder);
  }

  /** The commit a reference of ours points to. */
  Optional<ObjectId> ref(String name) throws IOException {
    try (Repository open = acquire()) {
      return Optional.ofNullable(open.exactRef(name)).map(Ref::getObjectId);
    }
  }

  /** Walks all a commit needs, history included; throws when something is missing or broken. */
  void verify(ObjectId commit) throws IOException {
    try (Repository open = acquire();
        ObjectWalk walk = new ObjectWalk(open)) {
      walk.markStart(walk.parseCommit(commit));
      walk.checkConnectivity();
    }
  }

  /** Whether a commit descends from another, or is it. False when the older one is not here. */
  boolean descends(ObjectId newer, ObjectId older) throws IOException {
    try (Repository open = acquire();
        RevWalk walk = new RevWalk(open)) {
      if (!open.getObjectDatabase().has(older)) {
        return false;
      }
      RevCommit base = walk.parseCommit(older);
      return walk.isMergedInto(base, walk.parseCommit(newer));
    }
  }

  /** Bytes on disk that grow while objects come in. */
  long objectBytes() {
    try (Stream<Path> files = Files.walk(folder.resolve("objects"))) {
      return files.mapToLong(Clone::size).sum();
    } catch (IOException | UncheckedIOException _) {
      return 0; // files come and go during a fetch; the next look will tell
    }
  }

  @Override
  public byte[] bytes(ObjectId id, int type, int max) throws Node.NodeException {
    try (Repository open = acquire();
        ObjectReader reader = open.newObjectReader()) {
      // Asked first: opening an object already reads the whole of it, up to 50 MiB.
      if (reader.getObjectSize(id, type) > max) {
        throw new Node.NodeException("is larger than " + max + " bytes");
      }
      return reader.open(id, type).getBytes(max);
    } catch (IOException _) {
      damaged.set(true);
      throw new Node.NodeException(
          "(object " + id.name() + ") is damaged in the cache; the next fetch clones anew");
    }
  }

  @Override
  public synchronized void close() {
    if (repository != null) {
      repository.close();
      repository = null;
    }
  }

  private Repository openOrCreate() throws IOException {
    boolean fresh = !exists();
    if (fresh) {
      delete(folder);
    }
    Repository open = new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
    if (fresh) {
      open.create(true);
      StoredConfig config = open.getConfig();
      // In the fetch and not beside it: what runs in the background outlives close().
      config.setBoolean(
          ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTODETACH, false);
      config.save();
    }
    return open;
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException _) {
      return 0;
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
