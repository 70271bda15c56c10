package dev.hikkoshi.cli.output;

/** What {@code -o} may say. */
public enum Format {
  TABLE,
  WIDE,
  JSON,
  YAML,
  NAME;

  /** Whether a program reads it. */
  public boolean data() {
    return this == JSON || this == YAML;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
