package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.desired.MoveRules.Drain;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.desired.MoveRules.Order;
import dev.hikkoshi.environments.desired.MoveRules.TooFew;
import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Retirement;
import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.BalancerGateway.Probe;
import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A sample environment as commits ask for it. Immutable: every {@code with…} is another commit. */
public record Wishes(
    String version,
    String app,
    boolean dns,
    boolean alb,
    Order order,
    List<Step> steps,
    Duration soak,
    Duration retireAfter,
    Set<String> approved,
    Desired.Mode mode,
    Observation<MixedChange> mixedChange,
    List<Window> windows,
    List<Outside> outside,
    Set<String> strangers,
    OptionalInt number,
    Duration abandonAfter,
    boolean external,
    Stance stance,
    boolean more,
    boolean adopts,
    Managed managed,
    List<MoveCheck> checks,
    List<Inquiry> inquiries,
    OnFailure onFailure) {

  /** How much of what runs in the clusters is the environment's own. */
  public enum Managed {
    /** Every release of the helmfile. */
    ALL,
    /** A selector leaves the load balancer controller to somebody else. */
    SELECTED,
    /** There is no {@code apps}: only routes. */
    ROUTES
  }

  public static final String ENVIRONMENT = "shop";
  public static final String ACCOUNT = "111122223333";

  /** Of the load balancers' request counts. */
  static final Duration METRIC_PERIOD = Duration.ofSeconds(30);

  /** The target group of the ALB route's external side. */
  public static final String OUTSIDE = "arn:tg:outside";

  /** The cluster that was there before. */
  public static final String LEGACY = "Main_cluster";

  private static final SortedMap<String, String> LINES =
      new TreeMap<>(Map.of("metadata.version", "shop/cluster.yaml:5:12"));

  public static final String OPERATORS = "arn:aws:iam::111122223333:role/ops";
  public static final String VISITORS = "arn:aws:iam::111122223333:role/visitors";

  public static final ReleaseId CONTROLLER = new ReleaseId("kube-system", "lbc");
  public static final ReleaseId APP = new ReleaseId("web", "shop");

  /** A CronJob of the sample, rendered where {@code outside} names it. */
  public static final String CLOSE_DAY = "batch/v1/CronJob/web/close-day";

  /** Its word: it must not run on two sides. */
  public static final Outside CLOSE_DAY_ONCE =
      new Outside.OfRelease(APP, Outside.As.SERVING_ONLY, "closes the day once");

  /** The new side's errors are held against the old one's; at 1 % there are few requests. */
  public static final MoveCheck ERRORS =
      new MoveCheck(
          "errors",
          Set.of(),
          DeclaredCheck.When.DURING,
          true,
          new Measure.RouteErrors(),
          new MoveCheck.Compare.NotWorse(0.05, false),
          50,
          MoveCheck.Budget.standard(),
          Optional.empty());

  /** Somebody else has a say while a step lasts. */
  public static final Inquiry GATE =
      new Inquiry(
          "gate",
          Set.of(),
          DeclaredCheck.When.DURING,
          true,
          new Inquiry.Webhook(
              "https://gate.example.com/ready", Duration.ofSeconds(5), Optional.empty()),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Optional.empty());

  /** The index has to have caught up before a step begins. */
  public static final Inquiry CAUGHT_UP =
      new Inquiry(
          "caught-up",
          Set.of(),
          DeclaredCheck.When.BEFORE,
          true,
          new Inquiry.Job("search", Map.of("template", Map.of()), Duration.ofMinutes(2)),
          Duration.ofMinutes(10),
          Duration.ofMinutes(5),
          Optional.empty());

  /** Told what was seen, and never in the way. */
  static final Inquiry SEEN =
      new Inquiry(
          "seen",
          Set.of(),
          DeclaredCheck.When.DURING,
          false,
          new Inquiry.Cel(new SimExpression()),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Optional.empty());

  /** A CronJob that would close the day twice where two clusters have it. */
  public static Manifest closeDay() {
    return new Manifest(
        Map.of(
            "apiVersion",
            "batch/v1",
            "kind",
            "CronJob",
            "metadata",
            Map.of("name", "close-day", "namespace", "web"),
            "spec",
            Map.of("schedule", "0 1 * * *")));
  }

  /** Both kinds of route, five steps. */
  public static Wishes sample(String version) {
    Duration min = Duration.ofMinutes(1);
    return new Wishes(
        version,
        "a1",
        true,
        true,
        Order.TOGETHER,
        List.of(1, 5, 25, 50, 100).stream()
            .map(percent -> new Step(percent, min, min.plusMinutes(9)))
            .toList(),
        Duration.ofMinutes(5),
        Duration.ofMinutes(3),
        Set.of(),
        Desired.Mode.ACT,
        Observation.known(new MixedChange(true, "only the cluster changed")),
        List.of(),
        List.of(),
        Set.of(),
        OptionalInt.empty(),
        Duration.ofHours(24),
        false,
        Stance.usual(),
        false,
        false,
        Managed.ALL,
        List.of(),
        List.of(),
        OnFailure.HOLD);
  }

  static Wishes of(Options o) {
    return sample("1.36")
        .with(
            f -> {
              f.dns = o.dns();
              f.alb = o.alb();
              f.order = o.order();
              f.steps = o.asks() ? asking(o.steps()) : o.steps();
              f.outside = List.of(CLOSE_DAY_ONCE);
              f.windows = o.windows();
              f.adopts = o.adopts();
              f.managed = o.adopts() ? Managed.ALL : o.managed();
              f.checks = SampleChecks.of(o);
              f.inquiries = o.inquires() ? List.of(GATE, CAUGHT_UP, SEEN) : List.of();
              f.onFailure = o.returns() ? OnFailure.RETURN : OnFailure.HOLD;
            });
  }

  /** From a quarter of the traffic on every step waits for a person. */
  private static List<Step> asking(List<Step> steps) {
    return steps.stream()
        .map(s -> new Step(s.percent(), s.dwellMin(), s.dwellMax(), s.percent() >= 25))
        .toList();
  }

  public Wishes version(String next) {
    return with(f -> f.version = next);
  }

  public Wishes app(String next) {
    return with(f -> f.app = next);
  }

  public Wishes approved(Set<String> next) {
    return with(f -> f.approved = next);
  }

  public Wishes steps(List<Step> next) {
    return with(f -> f.steps = next);
  }

  public Wishes routes(boolean withDns, boolean withAlb) {
    return with(
        f -> {
          f.dns = withDns;
          f.alb = withAlb;
        });
  }

  public Wishes mixedChange(Observation<MixedChange> next) {
    return with(f -> f.mixedChange = next);
  }

  public Wishes windows(List<Window> next) {
    return with(f -> f.windows = next);
  }

  public Wishes outside(List<Outside> next) {
    return with(f -> f.outside = next);
  }

  public Wishes strangers(Set<String> next) {
    return with(f -> f.strangers = next);
  }

  public Wishes number(int next) {
    return with(f -> f.number = OptionalInt.of(next));
  }

  /** A second node group, add-on and access entry, and a second policy for the first one. */
  public Wishes more(boolean next) {
    return with(f -> f.more = next);
  }

  /** How much of what runs in the clusters is this environment's. */
  public Wishes managed(Managed next) {
    return with(f -> f.managed = next);
  }

  public Wishes mode(Desired.Mode next) {
    return with(f -> f.mode = next);
  }

  public Wishes abandonAfter(Duration next) {
    return with(f -> f.abandonAfter = next);
  }

  /** The ALB route has a target group outside of clusters. */
  public Wishes withExternal() {
    return with(f -> f.external = true);
  }

  public Wishes stance(Stance next) {
    return with(f -> f.stance = next);
  }

  /** The first cluster is one that was there before: {@link #LEGACY}. */
  public Wishes adopting() {
    return with(f -> f.adopts = true);
  }

  /** Checks of the definition, and what follows when one fails. */
  public Wishes judgedBy(OnFailure failure, MoveCheck... checks) {
    return with(
        f -> {
          f.checks = List.of(checks);
          f.onFailure = failure;
        });
  }

  /** Checks that ask somebody, and what follows when one fails. */
  public Wishes asking(OnFailure failure, Inquiry... inquiries) {
    return with(
        f -> {
          f.inquiries = List.of(inquiries);
          f.onFailure = failure;
        });
  }

  public Wishes order(Order next) {
    return with(f -> f.order = next);
  }

  private Wishes with(Consumer<Fields> change) {
    Fields fields = new Fields(this);
    change.accept(fields);
    return fields.wishes();
  }

  /** A record has no copy with one component changed; this is one, for the length of a lambda. */
  private static final class Fields {
    String version;
    String app;
    boolean dns;
    boolean alb;
    Order order;
    List<Step> steps;
    Duration soak;
    Duration retireAfter;
    Set<String> approved;
    Desired.Mode mode;
    Observation<MixedChange> mixedChange;
    List<Window> windows;
    List<Outside> outside;
    Set<String> strangers;
    OptionalInt number;
    Duration abandonAfter;
    boolean external;
    Stance stance;
    boolean more;
    boolean adopts;
    Managed managed;
    List<MoveCheck> checks;
    List<Inquiry> inquiries;
    OnFailure onFailure;

    Fields(Wishes of) {
      version = of.version;
      app = of.app;
      dns = of.dns;
      alb = of.alb;
      order = of.order;
      steps = of.steps;
      soak = of.soak;
      retireAfter = of.retireAfter;
      approved = of.approved;
      mode = of.mode;
      mixedChange = of.mixedChange;
      windows = of.windows;
      outside = of.outside;
      strangers = of.strangers;
      number = of.number;
      abandonAfter = of.abandonAfter;
      external = of.external;
      stance = of.stance;
      more = of.more;
      adopts = of.adopts;
      managed = of.managed;
      checks = of.checks;
      inquiries = of.inquiries;
      onFailure = of.onFailure;
    }

    Wishes wishes() {
      return new Wishes(
          version,
          app,
          dns,
          alb,
          order,
          steps,
          soak,
          retireAfter,
          approved,
          mode,
          mixedChange,
          windows,
          outside,
          strangers,
          number,
          abandonAfter,
          external,
          stance,
          more,
          adopts,
          managed,
          checks,
          inquiries,
          onFailure);
    }
  }

  /** The state that this commit wants. */
  public Desired desired() {
    return new Desired(
        ENVIRONMENT,
        version + app + new TreeSet<>(approved),
        mode,
        ACCOUNT,
        "ap-northeast-1",
        cluster(),
        adopts
            ? Optional.of(new Adopt(LEGACY, "shop/environment.yaml:7:12", LINES))
            : Optional.empty(),
        apps(),
        routes(),
        outside,
        new MoveRules(order, steps, soak, new Drain(METRIC_PERIOD.multipliedBy(2), 1), TooFew.HOLD)
            .judgedBy(checks, onFailure)
            .asking(inquiries, onFailure),
        new Measuring(METRIC_PERIOD, 2_000, 200),
        Duration.ofMinutes(1),
        windows,
        new Retirement(retireAfter, approved, abandonAfter),
        stance,
        mixedChange);
  }

  private DesiredCluster cluster() {
    ClusterSpec spec =
        new ClusterSpec(
            "",
            version,
            "arn:aws:iam::111122223333:role/eks",
            List.of("subnet-1", "subnet-2"),
            List.of(),
            true,
            true,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            "API",
            "STANDARD",
            List.of(),
            Map.of(),
            "");
    List<String> names = more ? List.of("main", "spot") : List.of("main");
    List<String> addons = more ? List.of("coredns", "vpc-cni") : List.of("coredns");
    List<String> people = more ? List.of(OPERATORS, VISITORS) : List.of(OPERATORS);
    List<String> policies = more ? List.of("view", "edit") : List.of("view");
    TreeMap<String, String> fields = new TreeMap<>();
    names.forEach(name -> fields.put("managedNodeGroups[%s].name".formatted(name), name));
    addons.forEach(name -> fields.put("addons[%s].name".formatted(name), name));
    for (String who : people) {
      String path = "accessConfig.accessEntries[%s].".formatted(who);
      fields.put(path + "principalARN", who);
      policies.forEach(p -> fields.put(path + "accessPolicies[%s].policyARN".formatted(p), p));
    }
    return new DesiredCluster(
        version,
        number,
        new TreeMap<>(Map.of("metadata.version", version)),
        fields,
        spec,
        names.stream().map(Wishes::nodes).toList(),
        addons.stream().map(Wishes::addon).toList(),
        people.stream().map(who -> new AccessEntrySpec(who, List.of(), policies)).toList());
  }

  private static NodegroupSpec nodes(String name) {
    return new NodegroupSpec(
        name,
        "arn:aws:iam::111122223333:role/nodes",
        List.of("subnet-1", "subnet-2"),
        List.of("m7g.large"),
        Optional.empty(),
        2,
        6,
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
    return switch (managed) {
      case ALL ->
          new DesiredApps(
              app,
              "production",
              List.of(release(CONTROLLER), release(APP)),
              Set.of(),
              Set.of(),
              Map.of(APP, Set.of(CONTROLLER)));
      case SELECTED ->
          new DesiredApps(
              app, "production", List.of(release(APP)), Set.of(CONTROLLER), Set.of(), Map.of());
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
            strangers,
            new Backend.Ingress("web", "web"),
            Optional.empty());
    DesiredRoute api =
        new DesiredRoute.Alb(
            "api",
            new Rule(
                ENVIRONMENT,
                "api",
                "shared",
                443,
                List.of("api.example.com"),
                List.of(),
                Optional.empty(),
                stance.renamedFrom()),
            strangers,
            new Backend.Service("api", "api", 8080),
            new Probe("/healthz", 5, 2, 2, "200"),
            external ? Optional.of(new External.TargetGroup(OUTSIDE)) : Optional.empty());
    return dns && alb ? List.of(web, api) : dns ? List.of(web) : List.of(api);
  }
}
