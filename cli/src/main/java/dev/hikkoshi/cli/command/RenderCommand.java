package dev.hikkoshi.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.Apps;
import dev.hikkoshi.cli.apps.HelmfileOptions;
import dev.hikkoshi.cli.apps.Shortcut;
import dev.hikkoshi.cli.apps.TargetOptions;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.clusters.helm.Offline;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The manifests of a helmfile's releases. */
@Command(
    name = "render",
    header = "Print the manifests of all releases, as helmfile template does.",
    description = {
      "Print the manifests of all releases, as helmfile template does; no cluster is asked.",
      "Exit code 1 when a release cannot be rendered; the others are printed.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi render                                   the helmfile of this folder",
      "  hikkoshi render envs/shop                         as the environment.yaml there says",
      "  hikkoshi render -f helmfile.yaml -e prod -l name=web",
      "  hikkoshi render --kube-version 1.37 --api-versions monitoring.coreos.com/v1",
      "  hikkoshi render -o json                           for a program",
      ""
    })
public final class RenderCommand extends Subcommand {

  @Mixin private final HelmfileOptions helmfile = new HelmfileOptions();
  @Mixin private final TargetOptions target = new TargetOptions();

  @Override
  Exit run() {
    try (Apps apps = Apps.open(helmfile, session(), worker())) {
      List<Offline.Rendered> releases = apps.render(target, this::tell);
      String output =
          switch (format()) {
            case JSON, YAML -> Documents.text(format(), document(releases));
            case NAME -> names(releases);
            case TABLE, WIDE -> text(releases);
          };
      session().out().print(output);
      Exit exit = failed(releases);
      apps.made()
          .ifPresent(
              made ->
                  Shortcut.place(session(), arguments(), target.cache(session()))
                      .ifPresent(kept -> kept.keep(made, output.getBytes(UTF_8))));
      return exit;
    }
  }

  private static String names(List<Offline.Rendered> releases) {
    return releases.stream()
        .map(release -> "release/" + release.id() + System.lineSeparator())
        .collect(Collectors.joining());
  }

  private static String text(List<Offline.Rendered> releases) {
    StringBuilder all = new StringBuilder();
    for (Offline.Rendered release : releases) {
      switch (release) {
        case Offline.Good good -> all.append(good.text());
        case Offline.Bad _ -> {}
      }
    }
    return all.toString();
  }

  private void tell(Offline.Bad bad) {
    session().say(paint().danger("✗ " + bad.id()) + ": " + bad.problem());
  }

  private Exit failed(List<Offline.Rendered> releases) {
    int bad = 0;
    for (Offline.Rendered release : releases) {
      if (release instanceof Offline.Bad one) {
        tell(one);
        bad++;
      }
    }
    if (bad > 0) {
      session().out().flush();
      throw new CliException(
          Exit.ERROR, "%d of %d releases cannot be rendered".formatted(bad, releases.size()), "");
    }
    return Exit.OK;
  }

  private static ObjectNode document(List<Offline.Rendered> releases) {
    ObjectNode document = Documents.of("Render");
    var list = document.putArray("releases");
    for (Offline.Rendered release : releases) {
      ObjectNode one =
          list.addObject()
              .put("name", release.id().name())
              .put("namespace", release.id().namespace());
      switch (release) {
        case Offline.Good good -> one.put("good", true).put("manifest", good.text());
        case Offline.Bad bad -> one.put("good", false).put("problem", bad.problem());
      }
    }
    return document;
  }
}
