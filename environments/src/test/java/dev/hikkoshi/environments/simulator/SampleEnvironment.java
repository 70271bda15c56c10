package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.desired.MoveRules.Drain;
import dev.hikkoshi.environments.desired.MoveRules.TooFew;
import dev.hikkoshi.environments.desired.Retirement;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.BalancerGateway.Probe;
import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The sample environment as its definition is evaluated, with what one commit asks of it. */
final class SampleEnvironment {

  private static final SortedMap<String, String> LINES =
      new TreeMap<>(Map.of("metadata.version", "shop/cluster.yaml:5:12"));

  private final Wishes wish;

  SampleEnvironment(Wishes wish) {
    this.wish = wish;
  }

  Desired desired() {
    return new Desired(
        Wishes.ENVIRONMENT,
        wish.version() + wish.app() + new TreeSet<>(wish.approved()),
        wish.mode(),
        Wishes.ACCOUNT,
        "ap-northeast-1",
        cluster(),
        wish.adopts()
            ? Optional.of(new Adopt(Wishes.LEGACY, "shop/environment.yaml:7:12", LINES))
            : Optional.empty(),
        apps(),
        routes(),
        wish.outside(),
        new MoveRules(
                wish.order(),
                wish.steps(),
                wish.soak(),
                new Drain(Wishes.METRIC_PERIOD.multipliedBy(2), 1),
                TooFew.HOLD)
            .judgedBy(wish.checks(), wish.onFailure())
            .asking(wish.inquiries(), wish.onFailure()),
        new Measuring(Wishes.METRIC_PERIOD, 2_000, 200),
        Duration.ofMinutes(1),
        wish.windows(),
        new Retirement(wish.retireAfter(), wish.approved(), wish.abandonAfter()),
        wish.stance(),
        wish.mixedChange());
  }

  private DesiredCluster cluster() {
    ClusterSpec spec =
        new ClusterSpec(
            "",
            wish.version(),
            "arn:aws:iam::111122223333:role/eks",
            List.of("subnet-1", "subnet-2"),
            List.of(),
            true,
            true,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "API",
            "STANDARD",
            List.of(),
            Map.of(),
            "");
    List<String> names = wish.more() ? List.of("main", "spot") : List.of("main");
    List<String> addons = wish.more() ? List.of("coredns", "vpc-cni") : List.of("coredns");
    List<String> people =
        wish.more() ? List.of(Wishes.OPERATORS, Wishes.VISITORS) : List.of(Wishes.OPERATORS);
    List<String> policies = wish.more() ? List.of("view", "edit") : List.of("view");
    TreeMap<String, String> fields = new TreeMap<>();
    names.forEach(name -> fields.put("managedNodeGroups[%s].name".formatted(name), name));
    addons.forEach(name -> fields.put("addons[%s].name".formatted(name), name));
    for (String who : people) {
      String path = "accessConfig.accessEntries[%s].".formatted(who);
      fields.put(path + "principalARN", who);
      policies.forEach(p -> fields.put(path + "accessPolicies[%s].policyARN".formatted(p), p));
    }
    List<PodIdentitySpec> roles = wish.more() ? List.of(podRole("api"), podRole("web")) : List.of();
    for (PodIdentitySpec role : roles) {
      String path = "iam.podIdentityAssociations[%s].".formatted(role.account());
      fields.put(path + "namespace", role.namespace());
      fields.put(path + "serviceAccountName", role.serviceAccount());
      fields.put(path + "roleARN", role.roleArn());
    }
    return new DesiredCluster(
        wish.version(),
        wish.number(),
        new TreeMap<>(Map.of("metadata.version", wish.version())),
        fields,
        spec,
        names.stream().map(this::nodes).toList(),
        addons.stream().map(SampleEnvironment::addon).toList(),
        people.stream().map(who -> new AccessEntrySpec(who, List.of(), policies)).toList(),
        roles);
  }

  private static PodIdentitySpec podRole(String app) {
    return new PodIdentitySpec(app, app, "arn:aws:iam::111122223333:role/" + app, Map.of());
  }

  private NodegroupSpec nodes(String name) {
    return new NodegroupSpec(
        name,
        "arn:aws:iam::111122223333:role/nodes",
        List.of("subnet-1", "subnet-2"),
        List.of("m7g.large"),
        Optional.empty(),
        name.equals("spot"),
        Optional.empty(),
        Nodegroup.MIN,
        wish.more() ? Nodegroup.MAX + 2 : Nodegroup.MAX,
        3,
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of());
  }

  private static AddonSpec addon(String name) {
    return new AddonSpec(name, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  private DesiredApps apps() {
    return switch (wish.managed()) {
      case ALL ->
          new DesiredApps(
              wish.app(),
              "production",
              List.of(release(Wishes.CONTROLLER), release(Wishes.APP)),
              Set.of(),
              Set.of(),
              Map.of(Wishes.APP, Set.of(Wishes.CONTROLLER)));
      case SELECTED ->
          new DesiredApps(
              wish.app(),
              "production",
              List.of(release(Wishes.APP)),
              Set.of(Wishes.CONTROLLER),
              Set.of(),
              Map.of());
      case ROUTES -> DesiredApps.none();
    };
  }

  private static WantedRelease release(ReleaseId id) {
    return new WantedRelease(
        id,
        ReleaseSettings.HELMFILE.withAwaitReady(true),
        new ChartSource.Folder(id.name(), new TreeMap<>()),
        List.of());
  }

  private List<DesiredRoute> routes() {
    DesiredRoute web =
        new DesiredRoute.Dns(
            "web",
            new Zone("example.com", Optional.empty()),
            "www.example.com",
            wish.strangers(),
            new Backend.Ingress("web", "web"),
            Optional.empty());
    DesiredRoute api =
        new DesiredRoute.Alb(
            "api",
            new Rule(
                Wishes.ENVIRONMENT,
                "api",
                "shared",
                443,
                List.of("api.example.com"),
                List.of(),
                Optional.empty(),
                wish.stance().renamedFrom()),
            wish.strangers(),
            new Backend.Service("api", "api", 8080),
            new Probe("/healthz", 5, 2, 2, "200"),
            wish.external()
                ? Optional.of(new External.TargetGroup(Wishes.OUTSIDE))
                : Optional.empty());
    return wish.dns() && wish.alb() ? List.of(web, api) : wish.dns() ? List.of(web) : List.of(api);
  }
}
