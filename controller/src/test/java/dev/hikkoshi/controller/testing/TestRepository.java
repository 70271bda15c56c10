package dev.hikkoshi.controller.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** A repository in a folder, as a user's. */
public final class TestRepository implements AutoCloseable {

  private final Git git;
  private final Path folder;

  public TestRepository(Path folder) throws GitAPIException {
    this.folder = folder;
    this.git = Git.init().setInitialBranch("main").setDirectory(folder.toFile()).call();
  }

  public String url() {
    return folder.toUri().toString().replaceFirst("^file:/+", "file:///");
  }

  /** Copies a folder into the repository. */
  public void copy(Path from, String to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(to).resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  public String read(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }

  public void write(String path, String text) throws IOException {
    Files.writeString(folder.resolve(path), text);
  }

  public void commit(String message) throws GitAPIException {
    git.add().addFilepattern(".").call();
    git.commit()
        .setAuthor("miyake", "miyake@example.com")
        .setCommitter("miyake", "miyake@example.com")
        .setSign(false)
        .setMessage(message)
        .call();
  }

  @Override
  public void close() {
    git.close();
  }
}
