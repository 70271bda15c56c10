package dev.hikkoshi.cli.command;

import dev.hikkoshi.cli.adopt.AdoptionReport;
import dev.hikkoshi.cli.adopt.Proposal;
import dev.hikkoshi.cli.adopt.ReleaseMatch;
import dev.hikkoshi.cli.adopt.ReleaseMatch.Kind;
import dev.hikkoshi.cli.adopt.ReleaseMatch.ObjectChange;
import dev.hikkoshi.cli.apps.FieldChanges.Field;
import dev.hikkoshi.clusters.helm.InstalledReleases.Installed;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One report that has everything a report can have. */
final class Adoptions {

  private Adoptions() {}

  static AdoptionReport report() {
    return new AdoptionReport(
        "shop",
        "legacy, Kubernetes 1.36, ACTIVE: 2 node groups, 1 add-on, 2 access entries",
        List.of("shop/cluster.yaml", "shop/environment.yaml"),
        List.of(
            "managedNodeGroups[1].ssh: not yet: ssh (use Session Manager)",
            "add-on vpc-cni is at v1.21.1-eksbuild.1 here; without a version each cluster gets EKS's default for its minor"),
        releases(),
        true,
        List.of(web(), refused()),
        List.of(
            new Problem(
                new Place("shop/cluster.yaml", 31, 3, 4),
                "no instance type",
                Optional.of("for example instanceType: m7i.large"),
                Optional.empty())),
        List.of("hosted zones of arn:aws:iam::999:role/dns: AccessDenied: not allowed"));
  }

  private static List<ReleaseMatch> releases() {
    return List.of(
        match("api", Kind.DIFFERS, Optional.of("api 1.3.0"), List.of(image(), removed())),
        match("forgotten", Kind.ONLY_THERE, Optional.empty(), List.of()),
        new ReleaseMatch(
            new ReleaseId("later", "later"),
            Kind.ONLY_HERE,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty()),
        match("web", Kind.SAME, Optional.empty(), List.of()));
  }

  private static ReleaseMatch match(
      String name, Kind kind, Optional<String> chart, List<ObjectChange> objects) {
    return new ReleaseMatch(
        new ReleaseId(name, name),
        kind,
        Optional.of(new Installed(3, "deployed", name, "1.2.0", name.equals("web"))),
        chart,
        objects,
        Optional.empty());
  }

  private static ObjectChange image() {
    return new ObjectChange(
        "apps/v1/Deployment/api/api",
        "change",
        List.of(
            new Field(
                "spec.template.spec.containers[api].image", "\"shop/api:1\"", "\"shop/api:2\"")),
        true,
        "");
  }

  private static ObjectChange removed() {
    return new ObjectChange("v1/ConfigMap/api/api", "remove", List.of(), false, "");
  }

  private static Proposal web() {
    return new Proposal(
        "www.example.com (A, AAAA) in zone example.com",
        Optional.of(Map.of("name", "www")),
        "2 records, simple alias, to web.elb.example; the first write of the first move makes it weighted in one batch, at an unchanged share",
        List.of("no alias: answers are held for 300 s"),
        List.of("external-dns owns it (owner id one, for ingress/web/web)"));
  }

  private static Proposal refused() {
    return new Proposal(
        "the default rule of shared, port 443",
        Optional.empty(),
        "",
        List.of(),
        List.of("default rules are left alone; give it a rule with its hosts"));
  }
}
