package dev.hikkoshi.environments.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.desired.MoveCheck.Budget;
import dev.hikkoshi.environments.desired.MoveCheck.Compare;
import dev.hikkoshi.environments.desired.MoveRules.OnFailure;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.observed.RouteSeen.Ttl;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.DnsGateway;
import dev.hikkoshi.environments.port.ForwardingBalancers;
import dev.hikkoshi.environments.port.ForwardingDns;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.record.Hold;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What has gone wrong for others when they moved by hand or with tools that did not look, each
 * played out: docs/incidents.md tells the stories and where they are from.
 */
class IncidentsTest {

  private static final String OLD = "shop-1-36-1";
  private static final String NEW = "shop-1-37-2";

  private static final MoveCheck ERRORS =
      new MoveCheck(
          "errors",
          Set.of(),
          When.DURING,
          true,
          new Measure.RouteErrors(),
          new Compare.NotWorse(0.05, false),
          50,
          Budget.standard(),
          Optional.empty());

  private static Scenario judged() {
    return Scenario.serving(Wishes.sample("1.36"))
        .commit(Wishes.sample("1.37").judgedBy(OnFailure.RETURN, ERRORS))
        .until("begun", s -> s.move().to().equals(NEW));
  }

  private static Scenario on(Scenario ground) {
    return ground
        .commit(Wishes.sample("1.36"))
        .untilPhase("gone")
        .commit(Wishes.sample("1.37"))
        .until("begun", s -> s.move().to().equals(NEW));
  }

  private static List<Action.TrafficWrite> writes(Scenario s) {
    return s.done(Action.TrafficWrite.class);
  }

  /** Somebody means percent, writes weights, and both records have 5: half of all traffic. */
  @Test
  void bothWeightsFive() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).pass().forgetDone();

    // When
    s.somebody().weighs("web", OLD, 5).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.sides("web").share(NEW)).isEqualTo(0.5);
    assertThat(s.record().holds()).extracting(Hold::reason).contains(Hold.Reason.FOREIGN_WRITE);
    assertThat(writes(s)).isEmpty();
  }

  /** Answers that live five minutes, as records of external-dns do: a step is not over before. */
  @Test
  void answersThatLiveFiveMinutes() {
    // Given
    Duration ttl = Duration.ofSeconds(300);
    Scenario s = on(Scenario.with(g -> g.with(new LongLived(g.dns(), ttl)))).untilPhase("stepping");

    // When
    s.until("written", x -> x.sides("web").weight(NEW) == 1);
    Duration since = Duration.ZERO;
    while (!(s.move().route("web").progress() instanceof RouteProgress.Watching)) {
      s.pass();
      since = since.plusSeconds(1);
      assertThat(since).isLessThan(Duration.ofMinutes(20));
    }

    // Then
    assertThat(since).isGreaterThan(ttl);
  }

  private static final class LongLived extends ForwardingDns {

    private final Duration ttl;

    LongLived(DnsGateway real, Duration ttl) {
      super(real);
      this.ttl = ttl;
    }

    @Override
    public Observation<DnsRouteSeen> route(Zone zone, String recordName) {
      return super.route(zone, recordName)
          .map(seen -> new DnsRouteSeen(seen.zoneId(), seen.records(), new Ttl(ttl, false)));
    }
  }

  /** Two CoreDNS pods are enough up to a quarter of the traffic, and then names fail. */
  @Test
  void twoCoreDnsPods() {
    // Given
    Scenario s = judged().errorsFrom(NEW, 25);

    // When
    s.untilPhase("returned");

    // Then
    assertThat(writes(s))
        .extracting(w -> w.intended().share(NEW))
        .allSatisfy(share -> assertThat(share).isLessThanOrEqualTo(0.25));
    assertThat(s.record().bad()).containsKey(NEW);
  }

  /** Burst credits of disks last half an hour: everything was well at every step. */
  @Test
  void aDiskThatIsFastForHalfAnHour() {
    // Given
    Scenario s = judged().untilPhase("soak");

    // When
    s.errorsFrom(NEW, 30).untilPhase("returned");

    // Then
    assertThat(s.sides("web").share(OLD)).isOne();
  }

  /** A target group without a healthy target answers 503 to whatever share it gets. */
  @Test
  void anEmptyTargetGroup() {
    // Given
    Scenario s = Scenario.moving("attached").sick(NEW, true);

    // When
    s.passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.sides("web").weight(NEW)).isZero();
    assertThat(s.sides("api").weight(NEW)).isZero();
    assertThat(s.said()).contains("targets-healthy");
  }

  /** Clients with a cookie stay where they were: nothing is judged before the cookies are over. */
  @Test
  void stickyClients() {
    // Given
    Duration cookie = Duration.ofMinutes(5);
    Scenario s =
        on(Scenario.with(g -> g.with(new Sticky(g.balancers(), cookie)))).untilPhase("stepping");

    // When
    s.until("written", x -> x.move().route("api").progress() instanceof RouteProgress.Settling);
    Instant written = s.now();
    s.until("judged", x -> x.move().route("api").progress() instanceof RouteProgress.Judged);

    // Then
    assertThat(Duration.between(written, s.now())).isGreaterThan(cookie);
    assertThat(((RouteProgress.Judged) s.move().route("api").progress()).evidence())
        .contains("stick");
  }

  private static final class Sticky extends ForwardingBalancers {

    private final Duration cookie;

    Sticky(BalancerGateway real, Duration cookie) {
      super(real);
      this.cookie = cookie;
    }

    @Override
    public Observation<AlbRouteSeen> route(Rule rule) {
      return super.route(rule)
          .map(
              a ->
                  new AlbRouteSeen(
                      a.loadBalancerArn(),
                      a.listenerArn(),
                      a.ruleArn(),
                      a.groups(),
                      a.health(),
                      a.ours(),
                      cookie,
                      a.fingerprint(),
                      a.actions(),
                      a.controller()));
    }
  }

  /** A query that finds nothing is not a query that finds nothing wrong. */
  @Test
  void noData() {
    // Given
    Scenario s = judged().untilShare("web", 1).metersEmpty(true);

    // When
    s.passes(Duration.ofMinutes(30));

    // Then
    assertThat(s.sides("web").share(NEW)).isLessThanOrEqualTo(0.01);
    assertThat(s.record().trafficHeld()).isTrue();
  }

  /** Somebody turns a weight by hand while nobody looks. */
  @Test
  void aForeignWeight() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("api", 5).pass().forgetDone();

    // When
    s.somebody().weighs("api", NEW, 100).passes(Duration.ofMinutes(10));

    // Then
    assertThat(writes(s)).isEmpty();
    assertThat(s.said()).contains("hikkoshi resume shop --reason TEXT --accept-weights");
  }

  /** external-dns of the new cluster takes the name: one simple record where two weighted were. */
  @Test
  void externalDnsTakesTheName() {
    // Given
    Scenario s = Scenario.moving("stepping").untilShare("web", 5).pass().forgetDone();
    RecordSeen stolen =
        new RecordSeen(
            "www.example.com",
            "A",
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(300L),
            List.of("192.0.2.9"),
            Optional.empty());

    // When
    s.somebody().writes(List.of(stolen)).passes(Duration.ofMinutes(10));

    // Then
    assertThat(s.record().trafficHeld()).isTrue();
    assertThat(writes(s)).isEmpty();
    assertThat(s.records()).containsExactly(stolen);
  }
}
