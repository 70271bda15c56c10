package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.desired.MoveRules.Order;
import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
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

  public static final String OPERATORS = "arn:aws:iam::111122223333:role/ops";
  public static final String VISITORS = "arn:aws:iam::111122223333:role/visitors";

  public static final ReleaseId CONTROLLER = new ReleaseId("kube-system", "lbc");
  public static final ReleaseId APP = new ReleaseId("web", "shop");

  /** A CronJob of the sample, rendered where {@code outside} names it. */
  public static final String CLOSE_DAY = "batch/v1/CronJob/web/close-day";

  /** Its word: it must not run on two sides. */
  public static final Outside CLOSE_DAY_ONCE =
      new Outside.OfRelease(APP, Outside.As.SERVING_ONLY, "closes the day once");

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
              f.inquiries =
                  o.inquires()
                      ? List.of(SampleChecks.GATE, SampleChecks.CAUGHT_UP, SampleChecks.SEEN)
                      : List.of();
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

  /**
   * A second node group, add-on and access entry, a second policy for the first one, and room for
   * more nodes.
   */
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

  private Wishes with(Consumer<WishesBuilder> change) {
    WishesBuilder fields = new WishesBuilder(this);
    change.accept(fields);
    return fields.build();
  }

  /** The state that this commit wants. */
  public Desired desired() {
    return new SampleEnvironment(this).desired();
  }
}
