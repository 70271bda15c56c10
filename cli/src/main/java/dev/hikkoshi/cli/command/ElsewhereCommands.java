package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Commands that are programs of their own. The launcher starts them; they are here so that help and
 * completion know them.
 */
public final class ElsewhereCommands {

  private ElsewhereCommands() {}

  /** Says who starts it. */
  abstract static class Elsewhere extends Subcommand {

    @Unmatched private List<String> words = new ArrayList<>();

    private final String name;

    Elsewhere(String name) {
      this.name = name;
    }

    @Override
    final Exit run() {
      throw new CliException(
          Exit.USAGE,
          name + " is a program of its own, which the launcher starts",
          "./hikkoshi %s %s".formatted(name, String.join(" ", words)).strip());
    }
  }

  /** The controller. */
  @Command(
      name = "run",
      header = "Run the controller.",
      description = {
        "Run the controller (docs/configuration.md).",
        "It follows Git and AWS until SIGTERM. What it is told stands in config/application.yaml in",
        "this folder, or in variables; it knows no flags. hikkoshi rights prints what it needs.",
        ""
      },
      footerHeading = "Examples:%n",
      footer = {
        "  hikkoshi run      as config/application.yaml says",
        "  HIKKOSHI_SOURCES_0__NAME=envs HIKKOSHI_SOURCES_0__URL=file:///srv/envs.git hikkoshi run",
        ""
      })
  public static final class Run extends Elsewhere {
    public Run() {
      super("run");
    }
  }

  /** The sandbox. */
  @Command(
      name = "sandbox",
      description = "Run an AWS region on this machine (sandbox/README.md).",
      footerHeading = "Examples:%n",
      footer = {"  hikkoshi sandbox", "  hikkoshi sandbox --help", ""})
  public static final class Sandbox extends Elsewhere {
    public Sandbox() {
      super("sandbox");
    }
  }

  /** The demo. */
  @Command(
      name = "demo",
      description = "See a whole move and its return on this machine, with users.",
      footerHeading = "Examples:%n",
      footer = {"  hikkoshi demo", "  hikkoshi demo --once --report r.json", ""})
  public static final class Demo extends Elsewhere {
    public Demo() {
      super("demo");
    }
  }

  /** The tools. */
  @Command(
      name = "tools",
      description = "Find or build the Go tools (tools/README.md).",
      footerHeading = "Examples:%n",
      footer = {"  hikkoshi tools build", ""})
  public static final class Tools extends Elsewhere {
    public Tools() {
      super("tools");
    }
  }
}
