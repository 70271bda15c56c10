package dev.hikkoshi.environments.record;

/** Where records are kept. Every write is conditional on the version that was read. */
public interface RecordStore {

  /**
   * A record with the version under which it was read.
   *
   * @param version opaque; empty text when nothing was ever saved
   */
  record Loaded(EnvironmentRecord record, String version) {}

  /**
   * The record, or {@link EnvironmentRecord#fresh} when there is none.
   *
   * @throws RecordException when it could not be read; that is never "none"
   */
  Loaded load(String environment);

  /**
   * Saves and answers the new version.
   *
   * @throws RecordException when somebody else saved in between, or when it is not known whether it
   *     was saved: the pass ends and the next one loads again
   */
  String save(EnvironmentRecord record, String version);

  /**
   * Forgets an environment, with everything that shows it. One that nothing is remembered of is
   * done.
   *
   * @throws RecordException when somebody else saved in between, or when it could not be done
   */
  void forget(String environment, String version);

  /** The record could not be read or written; the message says why. */
  final class RecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RecordException(String message) {
      super(message);
    }

    public RecordException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
