package dev.hikkoshi.cli.output;

import picocli.CommandLine.Option;

/** The flag that every command has. */
public final class OutputOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = "How it is printed: ${COMPLETION-CANDIDATES} (default: table).")
  private Format format = Format.TABLE;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  public Format format() {
    return format;
  }

  /** Whether help was asked for; picocli answers it by itself. */
  public boolean help() {
    return help;
  }
}
