package dev.hikkoshi.sandbox.state;

import java.util.List;
import java.util.Optional;

/**
 * Named JSON documents that survive a restart. A write is whole or did not happen, also when the
 * process is killed in the middle. Thread-safe; the order of two writes of one name is the order in
 * which the calls were made.
 */
public interface StateStore {

  /**
   * Reads a document.
   *
   * @param name words of lower-case letters, digits, dots and dashes, joined by slashes, for
   *     example {@code route53/zones}
   * @param type a type Jackson can read, usually a record
   * @throws IllegalStateException where the document does not fit the type; it names the file
   */
  <T> Optional<T> read(String name, Class<T> type);

  /** Writes a document in place of the one before it. */
  void write(String name, Object value);

  /** Deletes a document; one that is not there is no error. */
  void delete(String name);

  /** The names that begin with the prefix, sorted. */
  List<String> names(String prefix);
}
