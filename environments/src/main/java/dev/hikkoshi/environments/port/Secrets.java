package dev.hikkoshi.environments.port;

import java.util.Map;

/**
 * Opens files that SOPS encrypted for age. A file that cannot be opened, or was changed since it
 * was encrypted, is an answer, not an exception. Nothing that was decrypted is logged, kept on disk
 * or part of an error's text; whoever asks keeps it so.
 */
@FunctionalInterface
public interface Secrets {

  /** Where there is no way to decrypt anything: every file is an error that says so. */
  Secrets NONE =
      (path, _) -> new Sealed("no age key file is configured, so " + path + " stays sealed", 0);

  /**
   * Decrypts a file.
   *
   * @param path what errors call it: its path from the root of the tree
   * @param content a YAML or JSON file with a field {@code sops}; several documents are laid over
   *     each other as Helm does it
   */
  Result open(String path, byte[] content);

  /** What became of a file. */
  sealed interface Result {}

  /**
   * It was opened and its MAC fits.
   *
   * @param values of null, Boolean, Integer, Long, BigInteger, Double, String, List and Map
   */
  record Opened(Map<String, Object> values) implements Result {

    /** The values are secret. */
    @Override
    public String toString() {
      return "an opened file of " + values.size() + " fields";
    }
  }

  /**
   * It stays closed.
   *
   * @param message what is wrong, without the place
   * @param line of the file, from 1; 0 when it is not known
   */
  record Sealed(String message, int line) implements Result {}
}
