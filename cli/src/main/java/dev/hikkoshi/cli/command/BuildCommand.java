package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.Apps;
import dev.hikkoshi.cli.apps.HelmfileOptions;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Format;
import java.util.List;
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
      List<Apps.State> states = apps.build();
      if (format() == Format.JSON) {
        print(document(states));
      } else {
        states.forEach(state -> print(state.text()));
      }
    }
    return Exit.OK;
  }

  /** YAML it is already; a program that reads JSON gets the same states in one document. */
  private static ObjectNode document(List<Apps.State> states) {
    ObjectNode document = Documents.of("Build");
    ArrayNode list = document.putArray("states");
    for (Apps.State state : states) {
      list.addObject()
          .put("source", state.source().toString())
          .set("state", Documents.tree(state.document()));
    }
    return document;
  }
}
