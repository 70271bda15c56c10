package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.Apps;
import dev.hikkoshi.cli.apps.HelmfileOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The resolved state of a helmfile. */
@Command(
    name = "build",
    header = "Print a helmfile's resolved state, as helmfile build does.",
    description = "Print a helmfile's resolved state, as helmfile build does.",
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi build                                    the helmfile of this folder",
      "  hikkoshi build -f helmfile.yaml.gotmpl -e prod    one of its environments",
      "  hikkoshi build envs/shop                          as the environment.yaml there says",
      "  hikkoshi build --state-values-set image.tag=1.2   with other state values",
      ""
    })
public final class BuildCommand extends Subcommand {

  @Mixin private final HelmfileOptions helmfile = new HelmfileOptions();

  @Override
  Exit run() {
    try (Apps apps = Apps.open(helmfile, session(), worker())) {
      apps.build().forEach(this::print);
    }
    return Exit.OK;
  }
}
