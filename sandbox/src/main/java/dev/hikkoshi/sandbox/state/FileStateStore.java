package dev.hikkoshi.sandbox.state;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Documents as files of mode 0600 in a directory, replaced by rename. Nothing is forced to the
 * disk: what has to be survived is the end of the process, not of the machine.
 */
public final class FileStateStore implements StateStore {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9][a-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*");
  private static final String SUFFIX = ".json";

  private final Path directory;
  private final ObjectMapper json = Json.mapper();

  /** Opens the directory, which is made if it is not there. */
  public FileStateStore(Path directory) {
    this.directory = directory;
    try {
      PrivateFiles.directory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("could not make the state directory " + directory, e);
    }
  }

  @Override
  public synchronized <T> Optional<T> read(String name, Class<T> type) {
    Path file = file(name);
    try {
      return Optional.of(json.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException(
          "could not read the sandbox's state in %s: %s; delete the state directory to begin anew"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public synchronized void write(String name, Object value) {
    Path file = file(name);
    try {
      Path folder = file.getParent();
      PrivateFiles.directory(folder == null ? directory : folder);
      Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
      PrivateFiles.write(fresh, json.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("could not keep the sandbox's state in " + file, e);
    }
  }

  @Override
  public synchronized void delete(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete the sandbox's state " + name, e);
    }
  }

  @Override
  public synchronized List<String> names(String prefix) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> directory.relativize(file).toString())
          .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not list the sandbox's state in " + directory, e);
    }
  }

  private Path file(String name) {
    if (!NAME.matcher(name).matches() || name.length() > 200) {
      throw new IllegalArgumentException("not a name of a document: " + name);
    }
    return directory.resolve(name + SUFFIX);
  }
}
