package dev.hikkoshi.clusters.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.environments.check.Binomial;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import dev.hikkoshi.environments.port.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The promise of {@link dev.hikkoshi.environments.port.DnsGateway}. */
abstract class DnsContract {

  DnsWorld world;

  abstract DnsWorld open() throws Exception;

  @BeforeEach
  void begin() throws Exception {
    world = open();
  }

  @AfterEach
  void end() {
    world.close();
  }

  /** A name in the world's zone. */
  String in(String label) {
    return label + "." + world.zone().name();
  }

  String name() {
    return in("www");
  }

  void needs(Trait trait) {
    assumeTrue(world.lacks(trait).isEmpty(), () -> world.lacks(trait).orElse(""));
  }

  AliasSeen balancer(String cluster) {
    return Objects.requireNonNull(world.balancers().get(cluster));
  }

  RecordSeen record(String name, String cluster, int weight) {
    return new RecordSeen(
        name,
        "A",
        Optional.of(cluster),
        OptionalInt.of(weight),
        Optional.empty(),
        Optional.of(balancer(cluster)),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  RecordSeen side(String cluster, int weight) {
    return record(name(), cluster, weight);
  }

  static RecordSeen simple(String name, String type, long ttl, String... values) {
    return new RecordSeen(
        name,
        type,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(ttl),
        List.of(values),
        Optional.empty());
  }

  DnsRouteSeen seen(String name) {
    return Observations.value(world.gateway().route(world.zone(), name));
  }

  List<RecordSeen> records() {
    return seen(name()).records();
  }

  Outcome change(List<RecordSeen> deletes, List<RecordSeen> creates) {
    return world.gateway().change(world.zone(), seen(name()).zoneId(), deletes, creates);
  }

  void written(List<RecordSeen> deletes, List<RecordSeen> creates) {
    Outcome outcome = change(deletes, creates);
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    String id = Objects.requireNonNull(((Outcome.Done) outcome).facts().get("changeId"));
    Waiting.until(
        world::pass,
        () -> world.gateway().insync(world.zone(), id),
        seen -> seen.knownAnd(yes -> yes));
  }

  @Test
  @Page("API_ListResourceRecordSets: a name that has no record sets is an empty list, no error")
  void aNameWithoutRecordsIsKnownToBeEmpty() {
    // When
    DnsRouteSeen seen = seen(name());
    // Then
    assertThat(seen.records()).isEmpty();
    assertThat(seen.zoneId()).isNotEmpty();
  }

  @Test
  @Page("API_ChangeResourceRecordSets: the changes of a batch are all made, and the id is told")
  void oneBatchCreatesBothSides() {
    // When
    written(List.of(), List.of(side("new", 0), side("old", 100)));
    // Then
    assertThat(records()).containsExactly(side("new", 0), side("old", 100));
  }

  @Test
  @Page("API_ChangeResourceRecordSets: DELETE and CREATE in one batch take effect together")
  void oneBatchMovesBothSides() {
    // Given
    written(List.of(), List.of(side("new", 0), side("old", 100)));
    // When
    written(records(), List.of(side("new", 25), side("old", 75)));
    // Then
    assertThat(records()).containsExactly(side("new", 25), side("old", 75));
  }

  @Test
  @Page("API_ChangeResourceRecordSets: to delete a set, all its values have to be given exactly")
  void nothingIsWrittenOverWeightsThatAreNotThere() {
    // Given
    written(List.of(), List.of(side("new", 10), side("old", 90)));
    // When
    Outcome outcome =
        change(List.of(side("new", 5), side("old", 90)), List.of(side("new", 50), side("old", 50)));
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    assertThat(records()).containsExactly(side("new", 10), side("old", 90));
  }

  @Test
  @Page("API_ChangeResourceRecordSets: if one change of a batch is invalid, none is made")
  void aRecordThatExistsStopsTheWholeBatch() {
    needs(Trait.STRICT_BATCHES);
    // Given
    written(List.of(), List.of(side("old", 100)));
    // When
    Outcome outcome = change(List.of(), List.of(side("new", 1), side("old", 99)));
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    assertThat(records()).containsExactly(side("old", 100));
  }

  @Test
  @Page("API_ResourceRecordSet, Weight: 0 to 255")
  void aWeightOutOfRangeIsRefused() {
    needs(Trait.STRICT_BATCHES);
    // When
    Outcome outcome = change(List.of(), List.of(side("new", 256), side("old", 1)));
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(records()).isEmpty();
  }

  @Test
  @Page(
      "API_ResourceRecordSet, SetIdentifier: weighted and simple sets do not share a name and type")
  void noWeightedRecordComesBesideASimpleOne() {
    needs(Trait.STRICT_BATCHES);
    // Given
    written(List.of(), List.of(simple(name(), "A", 30, "192.0.2.1")));
    // When
    Outcome outcome = change(List.of(), List.of(side("new", 1)));
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Changed.class);
    assertThat(records()).hasSize(1);
  }

  @Test
  @Page("API_GetChange: PENDING until all name servers have it, then INSYNC")
  void aChangeIsPendingFirst() {
    needs(Trait.PROPAGATION);
    // When
    Outcome outcome = change(List.of(), List.of(side("old", 1)));
    // Then
    String id = ((Outcome.Done) outcome).facts().getOrDefault("changeId", "");
    assertThat(world.gateway().insync(world.zone(), id)).isEqualTo(Observation.known(false));
  }

  @Test
  @Page("routing-policy-weighted: the share of a record is its weight divided by the sum of all")
  void answersFollowTheWeights() {
    needs(Trait.ANSWERS);
    // Given
    written(List.of(), List.of(side("new", 25), side("old", 75)));
    // When
    Measured measured = sample(2_000);
    // Then
    assertThat(measured.unit()).isEqualTo(Measured.Unit.ANSWERS);
    assertThat(measured.total()).isEqualTo(2_000);
    assertThat(Binomial.twoSided(measured.of("new"), 2_000, 0.25)).isGreaterThan(1e-6);
    assertThat(measured.of("")).isZero();
  }

  @Test
  @Page("routing-policy-weighted: a record with weight 0 is not answered beside one with weight")
  void weightZeroGetsNoAnswers() {
    needs(Trait.ANSWERS);
    // Given
    written(List.of(), List.of(side("new", 0), side("old", 100)));
    // When
    Measured measured = sample(300);
    // Then
    assertThat(measured.of("old")).isEqualTo(300);
    assertThat(measured.of("new")).isZero();
  }

  Measured sample(int queries) {
    Map<String, String> clusters =
        world.balancers().entrySet().stream()
            .collect(Collectors.toMap(e -> e.getValue().dnsName(), Map.Entry::getKey));
    return Observations.value(world.gateway().sample(world.zone(), name(), clusters, queries));
  }

  @Test
  @Page("resource-record-sets-choosing-alias-non-alias: an alias has the TTL of what it points at")
  void theTtlIsTheAnsweredOne() {
    needs(Trait.ANSWERS);
    // Given
    written(List.of(), List.of(side("old", 1)));
    // When
    DnsRouteSeen seen = seen(name());
    // Then
    assertThat(seen.ttl().assumed()).isFalse();
    assertThat(seen.ttl().value()).isPositive();
  }

  @Test
  @Page("API_ListHostedZones, API_ListResourceRecordSets: the whole account can be listed")
  void whatPointsAtALoadBalancerIsFound() {
    // Given
    written(List.of(), List.of(side("new", 7), side("old", 93)));
    // When
    List<Reference> found = references(balancer("new").dnsName());
    // Then
    assertThat(found)
        .singleElement()
        .satisfies(
            reference -> {
              assertThat(reference.where()).contains(name());
              assertThat(reference.target()).isEqualTo(balancer("new").dnsName());
              assertThat(reference.weight()).isEqualTo(7);
            });
    assertThat(references("nobody.elb.amazonaws.com")).isEmpty();
  }

  List<Reference> references(String balancer) {
    return Observations.value(
        world.gateway().references(Set.of(Optional.empty()), Set.of(balancer)));
  }

  @Test
  @Page("API_ListResourceRecordSets: at most 300 sets a page, sorted by name with reversed labels")
  void aReferenceOnALaterPageIsFound() {
    needs(Trait.OTHER_NAMES);
    // Given
    List<RecordSeen> many =
        new ArrayList<>(
            IntStream.range(0, 320)
                .mapToObj(i -> simple(in("a%03d".formatted(i)), "TXT", 60, "\"x\""))
                .toList());
    many.add(simple(in("zz"), "CNAME", 60, balancer("old").dnsName()));
    world.createByHand(many, "");
    // When
    List<Reference> found = references(balancer("old").dnsName());
    // Then
    assertThat(found).singleElement().extracting(Reference::weight).isEqualTo(-1);
  }

  @Test
  @Page("API_ListResourceRecordSets: sets of other names follow; only those of the name are meant")
  void namesBesideAreNotTheName() {
    needs(Trait.OTHER_NAMES);
    // Given
    world.createByHand(
        List.of(
            simple(world.zone().name(), "TXT", 60, "\"apex\""),
            simple(in("a.www"), "A", 60, "192.0.2.7"),
            simple(in("wwww"), "A", 60, "192.0.2.8"),
            simple(in("ww"), "A", 60, "192.0.2.9"),
            side("old", 3)),
        "");
    // When
    List<RecordSeen> records = records();
    // Then
    assertThat(records).containsExactly(side("old", 3));
  }

  @Test
  @Page("DomainNameFormat: characters such as the asterisk are listed as octal escapes")
  void aWildcardIsOneName() {
    needs(Trait.OTHER_NAMES);
    // Given
    String wildcard = in("*");
    world.createByHand(List.of(record(wildcard, "old", 3)), "");
    // When
    DnsRouteSeen seen = seen(wildcard);
    Outcome outcome =
        world
            .gateway()
            .change(
                world.zone(), seen.zoneId(), seen.records(), List.of(record(wildcard, "old", 9)));
    // Then
    assertThat(seen.records()).containsExactly(record(wildcard, "old", 3));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(seen(wildcard).records()).containsExactly(record(wildcard, "old", 9));
  }

  @Test
  @Page("resource-record-sets-values-weighted-alias: the console writes dualstack. before the name")
  void anAliasThatWasWrittenWithDualstackIsDeletedExactly() {
    needs(Trait.OTHER_NAMES);
    // Given
    world.createByHand(List.of(side("old", 100)), "dualstack.");
    List<RecordSeen> before = records();
    // When
    Outcome outcome = change(before, List.of(side("old", 60)));
    // Then
    assertThat(before).containsExactly(side("old", 100));
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(records()).containsExactly(side("old", 60));
  }

  @Test
  @Page("API_ListHostedZonesByName: begins at a name and goes on; only the exact one is meant")
  void aZoneThatDoesNotExistIsUnknown() {
    needs(Trait.OTHER_NAMES);
    // When
    Observation<DnsRouteSeen> seen =
        world.gateway().route(new Zone("nobody.example", Optional.empty()), "www.nobody.example");
    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  @Page("API_GetChange, NoSuchChange: an id that nobody gave")
  void aChangeThatIsNotKnownIsUnknown() {
    needs(Trait.PROPAGATION);
    needs(Trait.OTHER_NAMES);
    // When
    Observation<Boolean> seen = world.gateway().insync(world.zone(), "C0NOBODY");
    // Then
    assertThat(seen).isInstanceOf(Observation.Unknown.class);
  }

  @Test
  @Page("routing-policy-weighted: all weights 0 spread answers evenly; so it is never written")
  void allZeroIsNotWritten() {
    needs(Trait.OTHER_NAMES);
    // Given
    written(List.of(), List.of(side("old", 1)));
    // When
    Outcome outcome = change(records(), List.of(side("old", 0)));
    // Then
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(records()).containsExactly(side("old", 1));
  }

  @Test
  @Page("API_ChangeResourceRecordSets: a change may write what is there; it has an id of its own")
  void theSameAgainIsAChange() {
    needs(Trait.STRICT_BATCHES);
    // Given
    written(List.of(), List.of(side("new", 5), side("old", 95)));
    // When
    written(records(), records());
    // Then
    assertThat(records()).containsExactly(side("new", 5), side("old", 95));
  }
}
