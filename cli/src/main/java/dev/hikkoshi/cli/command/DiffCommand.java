package dev.hikkoshi.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.Apps;
import dev.hikkoshi.cli.apps.FieldChanges;
import dev.hikkoshi.cli.apps.HelmfileOptions;
import dev.hikkoshi.cli.apps.LiveCluster;
import dev.hikkoshi.cli.apps.ReleaseChanges;
import dev.hikkoshi.cli.apps.Targets;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.clusters.helm.Preview.Added;
import dev.hikkoshi.clusters.helm.Preview.Change;
import dev.hikkoshi.clusters.helm.Preview.Changed;
import dev.hikkoshi.clusters.helm.Preview.Refused;
import dev.hikkoshi.clusters.helm.Preview.Removed;
import dev.hikkoshi.clusters.kube.KubeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What syncing the releases would change in clusters. */
@Command(
    name = "diff",
    header = "Say what syncing would change in clusters. Only reads.",
    description = {
      "Say what syncing a helmfile's releases would change in clusters. The API servers say so, by a dry",
      "run of each apply; nothing is written. Values of Secrets are not shown. The clusters are those of",
      "the environment, found in EKS and entered with your AWS credentials; contexts of a kubeconfig take",
      "their place, and a plain helmfile is compared with the current context.",
      "Exit code 2 when there are changes, 0 without, 5 when a cluster cannot be found or does not answer.",
      ""
    },
    footerHeading = "Examples:%n",
    footer = {
      "  hikkoshi diff shop                                       in all clusters of the environment",
      "  hikkoshi diff envs/shop --cluster shop-1-37-2 --state-values-set web.replicas=3",
      "  hikkoshi diff envs/shop --cluster-context kind-shop      in a context of the kubeconfig",
      "  hikkoshi diff -f helmfile.yaml -e prod -l name=web -o json",
      ""
    })
public final class DiffCommand extends Subcommand {

  @Mixin private final HelmfileOptions helmfile = new HelmfileOptions();

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description =
          "Only this cluster of the environment; several flags are several (default: all).")
  private List<String> names = List.of();

  @Option(
      names = "--cluster-kubeconfig",
      paramLabel = "FILE",
      description = {
        "Kubeconfig whose contexts are compared",
        "(default: KUBECONFIG, ~/.kube/config)."
      })
  private @Nullable Path kubeconfig;

  @Option(
      names = "--cluster-context",
      paramLabel = "NAME",
      description = "Context of a kubeconfig; several flags are several clusters.")
  private List<String> contexts = List.of();

  @Override
  Exit run() {
    List<ReleaseChanges> all = new ArrayList<>();
    try (Apps apps = Apps.open(helmfile, session(), worker());
        Targets targets = apps.targets(Optional.ofNullable(kubeconfig), contexts, names)) {
      for (LiveCluster cluster : targets.clusters()) {
        all.addAll(compared(apps, cluster));
      }
    }
    switch (format()) {
      case JSON, YAML -> print(document(all));
      case NAME ->
          all.stream()
              .filter(ReleaseChanges::any)
              .forEach(release -> print(release.cluster() + " release/" + release.id()));
      case TABLE, WIDE -> all.forEach(this::text);
    }
    return exit(all);
  }

  /** It is no management cluster that fails here, and other flags choose it. */
  private static List<ReleaseChanges> compared(Apps apps, LiveCluster cluster) {
    try {
      return apps.diff(cluster);
    } catch (KubeException e) {
      throw new CliException(
          Exit.UNREADABLE,
          "%s cannot be compared with: %s".formatted(cluster.name(), e.getMessage()),
          "--cluster-kubeconfig and --cluster-context choose another.");
    }
  }

  private Exit exit(List<ReleaseChanges> all) {
    List<ReleaseChanges> bad = all.stream().filter(r -> r.problem().isPresent()).toList();
    bad.forEach(r -> session().say("✗ " + r.id() + ": " + r.problem().orElseThrow()));
    if (!bad.isEmpty()) {
      throw new CliException(
          Exit.ERROR, "%d of %d releases cannot be compared".formatted(bad.size(), all.size()), "");
    }
    boolean changes = all.stream().anyMatch(ReleaseChanges::any);
    if (!changes && format() == Format.TABLE) {
      print("No changes.");
    }
    return changes ? Exit.CHANGES : Exit.OK;
  }

  private void text(ReleaseChanges release) {
    if (!release.any()) {
      return;
    }
    print("%s in %s".formatted(release.id(), release.cluster()));
    for (Change change : release.changes()) {
      switch (change) {
        case Added added -> print("  + " + added.key().path());
        case Removed removed -> print("  " + paint().danger("- " + removed.key().path()));
        case Refused refused ->
            print("  " + paint().danger("✗ " + refused.key().path()) + ": " + refused.why());
        case Changed changed -> {
          print("  ~ " + changed.key().path());
          FieldChanges.between(changed.before(), changed.after())
              .forEach(field -> print("      " + field));
        }
      }
    }
    print("");
  }

  private static ObjectNode document(List<ReleaseChanges> all) {
    ObjectNode document = Documents.of("Diff");
    var list = document.putArray("releases");
    for (ReleaseChanges release : all) {
      ObjectNode one = list.addObject();
      one.put("cluster", release.cluster());
      one.put("name", release.id().name()).put("namespace", release.id().namespace());
      one.put("problem", release.problem().orElse(""));
      var changes = one.putArray("changes");
      for (Change change : release.changes()) {
        ObjectNode object = changes.addObject().put("object", change.key().path());
        var fields = object.putArray("fields");
        switch (change) {
          case Added _ -> object.put("change", "add");
          case Removed _ -> object.put("change", "remove");
          case Refused refused -> object.put("change", "refused").put("why", refused.why());
          case Changed changed -> {
            object.put("change", "change");
            FieldChanges.between(changed.before(), changed.after())
                .forEach(
                    field ->
                        fields
                            .addObject()
                            .put("path", field.path())
                            .put("before", field.before())
                            .put("after", field.after()));
          }
        }
      }
    }
    return document;
  }
}
