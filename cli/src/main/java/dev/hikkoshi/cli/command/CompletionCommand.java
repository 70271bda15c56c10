package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A script that completes commands and flags in a shell. */
@Command(
    name = "completion",
    description = "Print a completion script for bash or zsh.",
    footerHeading = "Examples:%n",
    footer = {"  source <(hikkoshi completion bash)", "  source <(hikkoshi completion zsh)", ""})
public final class CompletionCommand extends Subcommand {

  /** Shells with a script. */
  enum Shell {
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
    return Exit.OK;
  }
}
