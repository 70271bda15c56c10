package dev.hikkoshi.gitsync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/** A remote: a real bare repository whose commits are made object by object. */
final class Origin implements AutoCloseable {

  private final Path folder;
  private final Repository repository;

  private Origin(Path folder, Repository repository) {
    this.folder = folder;
    this.repository = repository;
  }

  static Origin at(Path folder) {
    try {
      Hermetic.install();
      Repository repository =
          new FileRepositoryBuilder().setBare().setGitDir(folder.toFile()).build();
      repository.create(true);
      return new Origin(folder, repository);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a commit holds. */
  static final class Content {

    private record Entry(FileMode mode, byte[] bytes) {}

    private final Map<String, Entry> entries = new TreeMap<>();

    Content file(String path, String text) {
      return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    Content file(String path, byte[] bytes) {
      entries.put(path, new Entry(FileMode.REGULAR_FILE, bytes));
      return this;
    }

    Content program(String path, String text) {
      entries.put(path, new Entry(FileMode.EXECUTABLE_FILE, text.getBytes(StandardCharsets.UTF_8)));
      return this;
    }

    Content link(String path, String target) {
      entries.put(path, new Entry(FileMode.SYMLINK, target.getBytes(StandardCharsets.UTF_8)));
      return this;
    }

    Content submodule(String path) {
      entries.put(path, new Entry(FileMode.GITLINK, new byte[0]));
      return this;
    }
  }

  static Content content() {
    return new Content();
  }

  Path folder() {
    return folder;
  }

  String url() {
    return "file://" + folder;
  }

  Repository repository() {
    return repository;
  }

  /** A commit on a branch, after what the branch holds. */
  String commit(String branch, Content content, String message) {
    ObjectId[] parents = head(branch).map(p -> new ObjectId[] {p}).orElse(new ObjectId[0]);
    return commit(branch, content, message, parents);
  }

  /** A commit with any parents; the branch then points to it, whatever it held. */
  String commit(String branch, Content content, String message, ObjectId... parents) {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree(inserter, content));
      commit.setParentIds(List.copyOf(Arrays.asList(parents)));
      PersonIdent author =
          new PersonIdent("Aiko", "aiko@example.com", Instant.ofEpochSecond(1), ZoneOffset.UTC);
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage(message);
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      point(branch, id);
      return id.name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<ObjectId> head(String branch) {
    try {
      return Optional.ofNullable(repository.exactRef(Constants.R_HEADS + branch))
          .map(Ref::getObjectId);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void point(String branch, ObjectId commit) {
    try {
      RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
      update.setNewObjectId(commit);
      update.forceUpdate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    repository.close();
  }

  private static ObjectId tree(ObjectInserter inserter, Content content) throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    for (Map.Entry<String, Content.Entry> file : content.entries.entrySet()) {
      DirCacheEntry entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(file.getValue().mode());
      entry.setObjectId(
          file.getValue().mode() == FileMode.GITLINK
              ? ObjectId.fromString("1234567890123456789012345678901234567890")
              : inserter.insert(Constants.OBJ_BLOB, file.getValue().bytes()));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }
}
