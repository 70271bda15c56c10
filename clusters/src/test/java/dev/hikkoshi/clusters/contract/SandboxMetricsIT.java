package dev.hikkoshi.clusters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.clusters.metrics.MetricsOptions;
import dev.hikkoshi.clusters.metrics.Providers;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.Readings.Count;
import dev.hikkoshi.environments.observed.Readings.Counts;
import dev.hikkoshi.environments.observed.Readings.Value;
import dev.hikkoshi.environments.observed.Readings.Values;
import dev.hikkoshi.environments.port.Measure;
import dev.hikkoshi.environments.port.Measure.Asked;
import dev.hikkoshi.environments.port.Measure.Metric;
import dev.hikkoshi.environments.port.MetricsGateway.Side;
import dev.hikkoshi.environments.port.MetricsGateway.Window;
import dev.hikkoshi.sandbox.fault.FaultRule;
import dev.hikkoshi.sandbox.fault.FaultRule.Effect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What CloudWatch says of requests that really passed a load balancer, side by side: every request
 * is in one whole period, with its side and whether it went well.
 */
class SandboxMetricsIT {

  private static final Duration PERIOD = SandboxRegion.metricPeriod();
  private static final Measure ERRORS = new Measure.RouteErrors();

  @TempDir static Path directory;
  private static SandboxRegion region;
  private AwsBalancerWorld world;
  private SickTraffic traffic;
  private String good;
  private String sick;
  private String idle;
  private Providers providers;

  @BeforeAll
  static void start() throws Exception {
    region = new SandboxRegion(directory);
  }

  @AfterAll
  static void stop() {
    region.close();
  }

  @BeforeEach
  void shareTheRule() {
    traffic = new SickTraffic(region.sandbox);
    world = new AwsBalancerWorld(region.region, SandboxRegion.SUBNETS, PERIOD, traffic, Map.of());
    good = world.strangersGroup();
    sick = world.strangersGroup();
    idle = world.strangersGroup();
    world.register("good", good);
    world.register(SickTraffic.SICK, sick);
    world.register("idle", idle);
    world.ruleByHand(Map.of(good, 50, sick, 50, idle, 0), "");
    providers = providers(InstantSource.system());
    await().atMost(Duration.ofSeconds(90)).until(() -> traffic.bothAnswer(world));
  }

  @AfterEach
  void close() {
    region.sandbox.faults().clear();
    providers.close();
    world.close();
  }

  private static Providers providers(InstantSource clock) {
    return new Providers(MetricsOptions.none(), region.region.adapters, clock);
  }

  private Side side(String cluster, Optional<String> group) {
    return new Side(
        "shop", "api", cluster, "api", Optional.of(world.arn()), group, Optional.empty());
  }

  private static Instant floor(Instant at) {
    long length = PERIOD.toMillis();
    return Instant.ofEpochMilli(at.toEpochMilli() / length * length);
  }

  /** Begins with a period that nobody else is in. */
  private static Instant freshPeriod() {
    Instant begin = floor(Instant.now()).plus(PERIOD.multipliedBy(2));
    await().pollInterval(Duration.ofMillis(5)).until(() -> !Instant.now().isBefore(begin));
    return begin;
  }

  private static Window settled(Instant from) {
    Instant to = floor(Instant.now()).plus(PERIOD);
    await().until(() -> Instant.now().isAfter(to.plus(PERIOD.multipliedBy(2))));
    return new Window(from, to, PERIOD);
  }

  private static List<Count> counts(Observation<Readings> read) {
    assertThat(read).as("%s", read).isInstanceOf(Observation.Known.class);
    return ((Counts) read.known().orElseThrow()).blocks();
  }

  @Test
  void everyRequestOfASideIsCountedAndSoIsEveryError() {
    // Given
    Instant from = freshPeriod();
    traffic.forget();

    // When
    world.send(300);
    Window window = settled(from);
    List<Count> ofGood = counts(providers.read(ERRORS, side("good", Optional.of(good)), window));
    List<Count> ofSick = counts(providers.read(ERRORS, side("sick", Optional.of(sick)), window));

    // Then
    assertThat(total(ofGood)).isEqualTo(traffic.answers("good")).isGreaterThan(50);
    assertThat(bad(ofGood)).isZero();
    assertThat(total(ofSick)).isEqualTo(traffic.answers(SickTraffic.SICK)).isGreaterThan(50);
    assertThat(bad(ofSick)).isEqualTo(traffic.errors()).isPositive();
  }

  private static long total(List<Count> counts) {
    return counts.stream().mapToLong(Count::total).sum();
  }

  private static long bad(List<Count> counts) {
    return counts.stream().mapToLong(Count::bad).sum();
  }

  @Test
  void aSideWithoutRequestsHasZerosOnlyOnceAPeriodIsSettled() {
    // Given
    Instant from = freshPeriod();
    world.send(20);
    Instant to = settled(from).to();
    Window window = new Window(from, to, PERIOD);
    Side quiet = side("idle", Optional.of(idle));

    // When
    List<Count> later = counts(providers.read(ERRORS, quiet, window));
    List<Count> atOnce = counts(providers(() -> from.plus(PERIOD)).read(ERRORS, quiet, window));

    // Then
    assertThat(later).isNotEmpty().allSatisfy(c -> assertThat(c.total()).isZero());
    assertThat(atOnce).isEmpty();
  }

  @Test
  void aBreachIsSeenAsSoonAsItsPeriodIsOver() {
    // Given
    Instant from = freshPeriod();
    world.send(100);
    settled(from);

    // When
    Window window = new Window(from, from.plus(PERIOD.multipliedBy(30)), PERIOD);
    List<Count> seen =
        counts(
            providers(() -> from.plus(PERIOD))
                .read(ERRORS, side("sick", Optional.of(sick)), window));

    // Then
    assertThat(seen).singleElement().satisfies(c -> assertThat(c.from()).isEqualTo(from));
    assertThat(bad(seen)).isPositive();
  }

  @Test
  void aLoadBalancerThatIsSilentIsNoZero() {
    // Given
    Instant past = freshPeriod().minus(PERIOD.multipliedBy(600));

    // When
    List<Count> seen =
        counts(
            providers.read(
                ERRORS,
                side("good", Optional.of(good)),
                new Window(past, past.plus(PERIOD.multipliedBy(5)), PERIOD)));

    // Then
    assertThat(seen).isEmpty();
  }

  @Test
  void ofALoadBalancerOfItsOwnASideAnswersForWhatFoundNoTargetToo() {
    // Given
    String empty = world.strangersGroup();
    world.ruleByHand(Map.of(empty, 1), "/nobody");
    Instant from = freshPeriod();
    traffic.forget();

    // When
    traffic.sendTo(world, "/nobody", 25);
    world.send(100);
    Window window = settled(from);
    List<Count> seen = counts(providers.read(ERRORS, side("new", Optional.empty()), window));

    // Then
    assertThat(total(seen)).isEqualTo(125);
    assertThat(bad(seen)).isEqualTo(25 + traffic.errors());
  }

  @Test
  void latencyIsThatOfTheSidesTargets() {
    // Given
    Instant from = freshPeriod();
    world.send(60);
    Window window = settled(from);
    Measure slowest = new Measure.RouteLatency("p99");

    // When
    Observation<Readings> ofGood = providers.read(slowest, side("good", Optional.of(good)), window);
    Observation<Readings> ofSick = providers.read(slowest, side("sick", Optional.of(sick)), window);

    // Then
    double slow = SickTraffic.SLOW.toMillis() / 1000.0;
    assertThat(values(ofSick)).isNotEmpty().allSatisfy(v -> assertThat(v).isGreaterThan(slow));
    assertThat(values(ofGood)).isNotEmpty().anySatisfy(v -> assertThat(v).isLessThan(slow));
  }

  private static List<Double> values(Observation<Readings> read) {
    assertThat(read).as("%s", read).isInstanceOf(Observation.Known.class);
    return ((Values) read.known().orElseThrow()).blocks().stream().map(Value::value).toList();
  }

  @Test
  void anyMetricIsReadByItsNameAndDimensionsWithTheSideFilledIn() {
    // Given
    Instant from = freshPeriod();
    traffic.forget();
    world.send(100);
    Window window = settled(from);
    Measure ratio =
        new Measure.CloudWatch(
            new Asked.Ratio<>(metric("HTTPCode_Target_5XX_Count"), metric("RequestCount")));
    Measure misspelt =
        new Measure.CloudWatch(
            new Asked.Ratio<>(metric("HTTPCode_Target_5XX_Count"), metric("RequestsCount")));

    // When
    List<Count> ofSick = counts(providers.read(ratio, side(end(sick), Optional.empty()), window));
    List<Count> ofGood = counts(providers.read(ratio, side(end(good), Optional.empty()), window));
    List<Count> of = counts(providers.read(misspelt, side(end(sick), Optional.empty()), window));

    // Then
    assertThat(total(ofSick)).isEqualTo(traffic.answers(SickTraffic.SICK));
    assertThat(bad(ofSick)).isEqualTo(traffic.errors()).isPositive();
    assertThat(total(ofGood)).isEqualTo(traffic.answers("good"));
    assertThat(bad(ofGood)).isZero();
    assertThat(of).isEmpty();
  }

  private Metric metric(String name) {
    return new Metric(
        "AWS/ApplicationELB",
        name,
        "Sum",
        new TreeMap<>(Map.of("LoadBalancer", end(world.arn()), "TargetGroup", "{{cluster}}")));
  }

  /** A dimension's value is the end of the ARN. */
  private static String end(String arn) {
    String resource = arn.substring(arn.lastIndexOf(':') + 1);
    return resource.replaceFirst("^loadbalancer/", "");
  }

  @ParameterizedTest
  @EnumSource(
      value = Effect.class,
      names = {"THROTTLE", "ERROR_BEFORE", "CUT"})
  void whatCouldNotBeAskedIsUnknown(Effect effect) {
    // Given
    Instant from = freshPeriod();
    world.send(20);
    Window window = settled(from);
    region
        .sandbox
        .faults()
        .add(new FaultRule("monitoring", "GetMetricData", 0, 1_000, 1.0, 1, effect, 0));

    // When
    Observation<Readings> seen = providers.read(ERRORS, side("good", Optional.of(good)), window);

    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  void aMetricOfAnAccountThatCannotBeEnteredIsUnknown() {
    // Given
    Instant from = freshPeriod();
    Side side =
        new Side(
            "shop",
            "api",
            "good",
            "api",
            Optional.of(world.arn()),
            Optional.of(good),
            Optional.of("arn:aws:iam::111122223333:role/nobody"));

    // When
    Observation<Readings> seen = providers.read(ERRORS, side, settled(from));

    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }
}
