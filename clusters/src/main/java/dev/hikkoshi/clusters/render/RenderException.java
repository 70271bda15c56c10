package dev.hikkoshi.clusters.render;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A render that gave nothing: whose mistake it is, and where. */
public final class RenderException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Whose mistake a failure is; the first fourteen are the worker's words
   * (tools/render/PROTOCOL.md).
   */
  public enum Kind {
    /** Our message made no sense to the worker. */
    REQUEST,
    /** A template does not parse or does not execute. */
    TEMPLATE,
    /** A template calls a function that is refused, or that there is not. */
    FUNCTION,
    /** A values file is not YAML, or no map. */
    VALUES,
    /** The files do not make a chart. */
    CHART,
    /** The values do not meet the chart's schema; see {@link #problems}. */
    SCHEMA,
    /** The chart refuses this Kubernetes version. */
    INCOMPATIBLE,
    /** What was rendered is no Kubernetes object. */
    OUTPUT,
    /** A lookup could not be answered. */
    LOOKUP,
    /** The snapshot could not be read. */
    FILE,
    /** An encrypted file cannot be decrypted, or was changed since. */
    SECRET,
    /** A release record cannot be read or written. */
    RECORD,
    /** The answer does not fit into a frame. */
    TOO_LARGE,
    /** A bug in the worker. */
    INTERNAL,
    /** A chart could not be fetched just now. */
    FETCH,
    /** It took too long; the worker was killed. */
    DEADLINE,
    /** It took too much memory, or recursed too deep; the worker died of it. */
    MEMORY,
    /** The worker died of something else. */
    CRASHED,
    /** No worker became free in time. */
    BUSY,
    /** No worker can be started, or it speaks another protocol. */
    UNAVAILABLE,
    /** The thread that waited was interrupted, or the pool was closed. */
    STOPPED;

    /** Whether the same request would fail again, because it is the input that is wrong. */
    public boolean isLasting() {
      return switch (this) {
        case TEMPLATE,
            FUNCTION,
            VALUES,
            CHART,
            SCHEMA,
            INCOMPATIBLE,
            OUTPUT,
            SECRET,
            RECORD,
            TOO_LARGE,
            REQUEST ->
            true;
        case FETCH, DEADLINE, MEMORY, CRASHED, BUSY, UNAVAILABLE, STOPPED, LOOKUP, FILE, INTERNAL ->
            false;
      };
    }

    static Kind of(String word) {
      try {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
      } catch (IllegalArgumentException _) {
        return INTERNAL;
      }
    }
  }

  /**
   * One violation of a schema.
   *
   * @param chart the chart whose schema it is
   * @param pointer JSON pointer into the values
   * @param message what was expected
   */
  public record Problem(String chart, String pointer, String message) {}

  private final Kind kind;
  private final @Nullable String file;
  private final int line;
  private final int column;
  private final String offending;
  private final transient List<Problem> problems;
  private final transient List<dev.hikkoshi.environments.reading.Problem> told;

  /** For who prepares a request and cannot. */
  public RenderException(Kind kind, String message) {
    this(kind, message, null, 0, 0, "", List.of());
  }

  RenderException(Kind kind, String message, Throwable cause) {
    this(kind, message);
    initCause(cause);
  }

  RenderException(
      Kind kind,
      String message,
      @Nullable String file,
      int line,
      int column,
      String offending,
      List<Problem> problems) {
    this(kind, message, file, line, column, offending, problems, List.of());
  }

  private RenderException(
      Kind kind,
      String message,
      @Nullable String file,
      int line,
      int column,
      String offending,
      List<Problem> problems,
      List<dev.hikkoshi.environments.reading.Problem> told) {
    super(message);
    this.kind = kind;
    this.file = file;
    this.line = line;
    this.column = column;
    this.offending = offending;
    this.problems = List.copyOf(problems);
    this.told = List.copyOf(told);
  }

  /** The same, said of a line of another file; the message begins with what is meant there. */
  public RenderException in(String otherFile, int otherLine, String what) {
    String told = what.isEmpty() ? String.valueOf(getMessage()) : what + ": " + getMessage();
    return new RenderException(kind, told, otherFile, otherLine, 0, offending, problems);
  }

  /** The same with what a person is told, in the files that the person wrote. */
  public RenderException told(List<dev.hikkoshi.environments.reading.Problem> inTheirFiles) {
    RenderException same =
        new RenderException(
            kind,
            String.valueOf(getMessage()),
            file,
            line,
            column,
            offending,
            problems,
            inTheirFiles);
    same.initCause(this);
    return same;
  }

  /** What a person is told; empty where nobody has said in whose file it is. */
  public List<dev.hikkoshi.environments.reading.Problem> told() {
    return told;
  }

  /** Whose mistake it is. */
  public Kind kind() {
    return kind;
  }

  /**
   * The template, values or chart file, by the path it was given with; null where none is to blame.
   */
  public @Nullable String file() {
    return file;
  }

  /** From 1; 0 where it is not known. */
  public int line() {
    return line;
  }

  /** From 1, in bytes as Go's templates count them; 0 where it is not known. */
  public int column() {
    return column;
  }

  /** The piece of the template that failed; empty where it is not known. */
  public String offending() {
    return offending;
  }

  /** The violations, for {@link Kind#SCHEMA}. */
  public List<Problem> problems() {
    return problems;
  }

  /** The JSON pointer of the first violation, for {@link Kind#SCHEMA}. */
  public @Nullable String pointer() {
    return problems.isEmpty() ? null : problems.getFirst().pointer();
  }
}
