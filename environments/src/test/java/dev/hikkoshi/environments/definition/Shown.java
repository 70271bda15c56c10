package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Readings as the lines that golden files hold. */
final class Shown {

  private final List<String> lines = new ArrayList<>();

  private Shown() {}

  static String text(List<Reading> readings) {
    Shown shown = new Shown();
    readings.forEach(shown::reading);
    return String.join("\n", shown.lines) + "\n";
  }

  private void reading(Reading reading) {
    switch (reading) {
      case Reading.Bad bad -> {
        lines.add("bad %s, name %s".formatted(quoted(bad.folder()), bad.name().orElse("unknown")));
        bad.problems().forEach(problem -> lines.add(problem.toString()));
      }
      case Reading.Good(Definition definition) -> good(definition);
    }
    lines.add("");
  }

  private void good(Definition definition) {
    Desired desired =
        definition.toDesired(
            "c", Measuring.standard(), Observation.unknown("mixed change", "not looked"));
    lines.add("good %s, name %s".formatted(quoted(definition.folder()), definition.name()));
    lines.add("mode " + desired.mode() + ", " + desired.account() + ", " + desired.region());
    lines.add("version line " + definition.versionLine());
    desired.cluster().immutable().forEach((k, v) -> lines.add("new cluster: " + k + " = " + v));
    desired.cluster().mutable().forEach((k, v) -> lines.add("mutable: " + k + " = " + v.strip()));
    lines.add("spec " + desired.cluster().spec().toString().replaceAll("tags=.*?, req", "req"));
    lines.add("tags " + new TreeMap<>(desired.cluster().spec().tags()));
    desired.adopt().ifPresent(a -> lines.add("adopts %s, %s".formatted(a.cluster(), a.places())));
    desired.cluster().nodegroups().forEach(this::group);
    desired.cluster().addons().forEach(this::addon);
    desired.cluster().accessEntries().forEach(e -> lines.add("entry " + e));
    desired.cluster().podIdentities().forEach(p -> lines.add("pods " + p));
    desired.routes().forEach(r -> lines.add("route " + r));
    desired.outside().forEach(o -> lines.add("outside " + o));
    lines.add("move " + desired.move().routes() + ", " + desired.move().onTooFewSamples());
    desired.move().steps().forEach(s -> lines.add("step " + s));
    desired.move().declared().forEach(c -> lines.add("check " + c));
    if (!desired.move().declared().isEmpty()) {
      lines.add("a check that fails: " + desired.move().onFailure());
    }
    lines.add("soak " + desired.move().soak() + ", " + desired.move().drain());
    if (desired.move().runOnceAt() != MoveRules.RUN_ONCE_AT) {
      lines.add("run-once work at " + desired.move().runOnceAt());
    }
    lines.add("drift grace " + desired.driftGrace());
    desired.windows().forEach(w -> lines.add("window " + w.from() + "–" + w.to() + " " + w.zone()));
    lines.add("retire after " + desired.retirement().after());
    desired.retirement().approved().stream().sorted().forEach(n -> lines.add("approved " + n));
    definition.upgrades().ifPresent(u -> lines.add("upgrades " + u));
    definition.claims().forEach(c -> lines.add("claim " + c.what()));
    lines.add("helmfile environment " + desired.apps().helmfileEnvironment());
    desired.apps().scopes().forEach(s -> lines.add("state values " + new TreeMap<>(s.values())));
    desired.apps().releases().forEach(r -> release(r, desired));
  }

  private void group(NodegroupSpec group) {
    lines.add(
        "group %s, role %s, in %s".formatted(group.name(), group.nodeRoleArn(), group.subnetIds()));
    lines.add(
        "  types %s%s, image %s, sizes %d–%d–%d, disk %s"
            .formatted(
                group.instanceTypes(),
                group.spot() ? " as spot" : "",
                group.amiType().orElse("EKS's"),
                group.min(),
                group.desired(),
                group.max(),
                group.diskSize().map(String::valueOf).orElse("EKS's")));
    group
        .launchTemplate()
        .ifPresent(
            l -> lines.add("  launch template %s, version %s".formatted(l.id(), l.version())));
    lines.add(
        "  labels %s, taints %s, tags %s"
            .formatted(new TreeMap<>(group.labels()), group.taints(), new TreeMap<>(group.tags())));
  }

  private void addon(AddonSpec addon) {
    lines.add(
        "add-on %s, version %s, conflicts %s, tags %s"
            .formatted(
                addon.name(),
                addon.version().orElse("EKS's"),
                addon.resolveConflicts().orElse("EKS's"),
                new TreeMap<>(addon.tags())));
    addon.configurationValues().ifPresent(c -> lines.add("  configuration " + c.strip()));
  }

  private void release(WantedRelease release, Desired desired) {
    lines.add("release " + release.id());
    lines.add(
        "  namespace made %s, wait %s, timeout %s, history %d, labels %s"
            .formatted(
                release.settings().createNamespace(),
                release.settings().awaitReady(),
                release.settings().timeout(),
                release.settings().historyMax(),
                new TreeMap<>(release.labels())));
    lines.add(
        switch (release.chart()) {
          case ChartSource.Folder folder -> "  chart " + folder.files().keySet();
          case ChartSource.Repository repository -> "  chart of " + repository;
          case ChartSource.Registry registry -> "  chart of " + registry;
        });
    release.values().forEach(values -> lines.add("  values " + values(values)));
    List<String> needs =
        desired.apps().needs(release.id()).stream().sorted().map(Object::toString).toList();
    if (!needs.isEmpty()) {
      lines.add("  needs " + needs);
    }
  }

  private static String values(Values values) {
    return switch (values) {
      case Values.File file -> "of " + file.path();
      case Values.Template file -> "of " + file.path() + ", a template";
      case Values.Inline inline -> new TreeMap<>(inline.values()).toString();
      case Values.InlineTemplate inline -> "template " + inline.text().strip();
      case Values.Secret file -> "of " + file.path() + ", encrypted";
      case Values.Assign set -> "set " + set;
      case Values.AssignFile set -> "set " + set.name() + " to the text of " + set.path();
    };
  }

  private static String quoted(String folder) {
    return folder.isEmpty() ? "the root" : folder;
  }
}
