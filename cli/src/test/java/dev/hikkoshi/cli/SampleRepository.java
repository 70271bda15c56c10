package dev.hikkoshi.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** The sample's files in a real repository of their own. */
public final class SampleRepository implements AutoCloseable {

  private static final Path SAMPLE =
      Path.of(System.getProperty("hikkoshi.root", "..")).resolve("docs/sample");

  private final Path folder;
  private final Git git;

  private SampleRepository(Path folder, Git git) {
    this.folder = folder;
    this.git = git;
  }

  /** Copies the sample; nothing is committed yet. */
  public static SampleRepository in(Path folder) {
    try (Stream<Path> files = Files.walk(SAMPLE)) {
      Git git = Git.init().setDirectory(folder.toFile()).setInitialBranch("main").call();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(SAMPLE.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
      return new SampleRepository(folder, git);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  public String url() {
    return folder.toUri().toString();
  }

  /** The text must be there: a change that changes nothing would prove nothing. */
  public SampleRepository replace(String file, String text, String by) {
    try {
      String before = Files.readString(folder.resolve(file));
      if (!before.contains(text)) {
        throw new IllegalArgumentException(file + " has no " + text);
      }
      Files.writeString(folder.resolve(file), before.replace(text, by));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits everything; answers the full id. */
  public String commit(String message) {
    try {
      git.add().addFilepattern(".").call();
      return git.commit()
          .setAuthor("Me", "me@example.com")
          .setCommitter("Me", "me@example.com")
          .setSign(false)
          .setMessage(message)
          .call()
          .name();
    } catch (GitAPIException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    git.close();
  }
}
