package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A script that completes commands, flags and names of environments in a shell. */
@Command(
    name = "completion",
    description = "Print a completion script for bash or zsh.",
    footerHeading = "Examples:%n",
    footer = {"  source <(hikkoshi completion bash)", "  source <(hikkoshi completion zsh)", ""})
public final class CompletionCommand extends Subcommand {

  /** Shells with a script. */
  public enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  /** Set by picocli. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  Exit run() {
    CommandLine root = spec.root().commandLine();
    switch (shell) {
      case BASH -> {}
      case ZSH -> print("autoload -U +X compinit && compinit");
    }
    print(AutoComplete.bash("hikkoshi", root));
    print(environments());
    return Exit.OK;
  }

  /** Names are known at the time of completing only: the library's script has none of them. */
  private static String environments() {
    try (InputStream script = CompletionCommand.class.getResourceAsStream("environments.bash")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
