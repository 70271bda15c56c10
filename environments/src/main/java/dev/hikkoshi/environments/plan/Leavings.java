package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.port.InsideGateway.ServingOnly;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.RunOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a handover leaves behind and whose it is from then on, one sentence each. */
final class Leavings {

  /** More names than that nobody reads in one line. */
  private static final int NAMES = 40;

  private final Draft d;
  private final List<String> all = new ArrayList<>();

  private Leavings(Draft d) {
    this.d = d;
  }

  static List<String> of(Draft d) {
    Leavings leavings = new Leavings(d);
    for (ClusterRecord cluster : d.record.clusters().values()) {
      if (cluster.life().exists()) {
        leavings.cluster(cluster);
      }
    }
    d.desired.routes().forEach(leavings::route);
    leavings.letGo();
    return leavings.all;
  }

  private void cluster(ClusterRecord cluster) {
    Optional<ClusterSeen> seen = d.cluster(cluster.name());
    if (seen.isEmpty()) {
      all.add("cluster %s: EKS does not show it as ours any more".formatted(cluster.name()));
      return;
    }
    ClusterSeen there = seen.get();
    all.add(
        "EKS cluster %s (%s, Kubernetes %s, %s): whoever owns the account; %s"
            .formatted(
                there.name(),
                there.identity().arn(),
                there.version(),
                count(there.nodegroups(), "node groups"),
                there.deletionProtection()
                    ? "deletion protection stays on, and so do the access entries"
                    : "its access entries stay"));
    all.add(releases(there.name(), d.inside(there.name())));
    paused(there.name());
  }

  private static String count(Observation<? extends List<?>> parts, String what) {
    return switch (parts) {
      case Known<? extends List<?>>(List<?> known) -> known.size() + " " + what;
      case Unknown<? extends List<?>> _ -> what + " not seen";
    };
  }

  private static String releases(String cluster, Observation<InsideSeen> inside) {
    return switch (inside) {
      case Unknown<InsideSeen>(_, String why) ->
          "Helm releases in %s could not be seen (%s): they stay as they are"
              .formatted(cluster, why);
      case Known<InsideSeen>(InsideSeen seen) -> {
        List<String> names =
            seen.releases().values().stream()
                .filter(release -> release.deployed().isPresent())
                .map(release -> release.id().toString())
                .sorted()
                .toList();
        String more = names.size() > NAMES ? ", …" : "";
        yield "%d Helm releases in %s: plain ones, whoever runs helm or helmfile goes on with them (%s%s)"
            .formatted(
                names.size(),
                cluster,
                names.stream().limit(NAMES).collect(Collectors.joining(", ")),
                more);
      }
    };
  }

  /** An overlay is in the release's manifests, so it stays until somebody syncs without it. */
  private void paused(String cluster) {
    ServingOnly work = d.desired.servingOnly(false);
    boolean classified = !work.equals(ServingOnly.none());
    boolean elsewhere =
        d.record
            .runOnce()
            .filter(RunOnce.At.class::isInstance)
            .filter(r -> !r.in(cluster))
            .isPresent();
    if (classified && elsewhere) {
      all.add(
          "serving-only work in %s stays paused (annotation hikkoshi.dev/serving-only)"
              .formatted(cluster));
    }
  }

  private void route(DesiredRoute route) {
    String sides =
        switch (d.sides(route)) {
          case Known<Sides>(Sides known) -> "it stays at " + known;
          case Unknown<Sides>(_, String why) -> "its weights could not be seen (%s)".formatted(why);
        };
    switch (route) {
      case DesiredRoute.Dns dns -> {
        int records =
            d.route(route.name()).known().orElse(null) instanceof DnsRouteSeen seen
                ? seen.records().size()
                : 0;
        all.add(
            "DNS name %s (route %s, %d records): whoever writes its zone; %s"
                .formatted(dns.record(), route.name(), records, sides));
      }
      case DesiredRoute.Alb alb -> {
        if (d.route(route.name()).known().orElse(null) instanceof AlbRouteSeen seen) {
          all.add(
              "listener rule %s (route %s): whoever runs load balancer %s; %s"
                  .formatted(
                      seen.ruleArn().orElse("not made yet"),
                      route.name(),
                      alb.rule().loadBalancer(),
                      sides));
          new TreeMap<>(seen.ours()).forEach((cluster, arn) -> group(alb, cluster, arn));
        }
      }
    }
  }

  private void group(DesiredRoute.Alb route, String cluster, String arn) {
    all.add(
        "target group %s: whoever owns %s; keep it together with the TargetGroupBinding in namespace %s that feeds it (label hikkoshi.dev/route=%s)"
            .formatted(arn, cluster, route.backend().namespace(), route.name()));
  }

  /** Groups of routes that the file has no longer: the rule's role is not known any more. */
  private void letGo() {
    d.record.clusters().values().stream()
        // The ends of an adopted cluster are whatever leads into it, and were never tagged.
        .filter(cluster -> cluster.adopted().isEmpty())
        .forEach(
            cluster ->
                cluster
                    .ends()
                    .forEach(
                        (route, end) -> {
                          if (end.startsWith("arn:") && d.desired.route(route).isEmpty()) {
                            all.add(
                                "target group %s of route %s, which the file has no longer: if it is there, take our tags off it by hand (aws elbv2 remove-tags)"
                                    .formatted(Objects.requireNonNull(end), route));
                          }
                        }));
  }
}
