package dev.hikkoshi.sandbox.route53;

import static dev.hikkoshi.sandbox.route53.Change.Action.CREATE;
import static dev.hikkoshi.sandbox.route53.Change.Action.DELETE;
import static dev.hikkoshi.sandbox.route53.Change.Action.UPSERT;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What AWS refuses in a change batch. "API" is API_ChangeResourceRecordSets.html and
 * API_ResourceRecordSet.html, "weighted" is resource-record-sets-values-weighted.html, "alias" is
 * resource-record-sets-choosing-alias-non-alias.html, "limits" is DNSLimitations.html.
 */
class ChangeRulesTest {

  private static final String ZONE = "Z0EXAMPLE";
  private static final String BALANCER_ZONE = "Z14GRHDCWA56QT";
  private static final String SUFFIX = "ap-northeast-1.elb.amazonaws.com.";
  private static final String BALANCER = "web-1." + SUFFIX;
  private static final AliasTargets TARGETS =
      name ->
          name.equals(BALANCER)
              ? Optional.of(
                  new AliasTargets.Endpoint(BALANCER_ZONE, InetAddress.getLoopbackAddress(), true))
              : Optional.empty();

  private static final RecordSet BLUE = weighted("www", "blue", 100, 60);
  private static final RecordSet API = simple("api", "A", "192.0.2.10");
  private static final RecordSet CNAME = simple("docs", "CNAME", "docs.example.net");

  private static RecordSet weighted(String label, String id, int weight, long ttl) {
    return new RecordSet(label + ".example.com.", "A", id, weight, ttl, List.of("192.0.2.1"), null);
  }

  private static RecordSet simple(String label, String type, String... values) {
    String name = label.isEmpty() ? "example.com." : label + ".example.com.";
    return RecordSet.simple(name, type, 60, List.of(values));
  }

  private static RecordSet alias(@Nullable String id, String zone, String target) {
    return new RecordSet(
        "alias.example.com.",
        "A",
        id,
        id == null ? null : 1,
        null,
        List.of(),
        new AliasTarget(zone, target, true));
  }

  private static ZoneState zone(RecordSet... more) {
    List<RecordSet> all = new ArrayList<>(NameServers.of("example.com."));
    all.addAll(List.of(more));
    return new ZoneState(
        new HostedZone(ZONE, "example.com.", "ref", null),
        Map.of(),
        List.of(new ZoneState.Version(Instant.EPOCH, all)));
  }

  private static ChangeRules.Result apply(ZoneState zone, Change... batch) {
    return ChangeRules.apply(zone, List.of(batch), TARGETS, SUFFIX);
  }

  private static Change change(Change.Action action, RecordSet set) {
    return new Change(action, set);
  }

  private record Row(String page, String rule, String message, Change... batch) {
    @Override
    public String toString() {
      return page + ": " + rule;
    }
  }

  static Stream<Row> refused() {
    return Stream.of(
        new Row(
            "API",
            "CREATE of what exists",
            "Tried to create resource record set [name='api.example.com.', type='A'] but it already exists",
            change(CREATE, API)),
        new Row(
            "API",
            "DELETE of what does not exist",
            "Tried to delete resource record set [name='new.example.com.', type='A'] but it was not found",
            change(DELETE, simple("new", "A", "192.0.2.1"))),
        new Row(
            "API",
            "DELETE with another TTL",
            "Tried to delete resource record set [name='api.example.com.', type='A'] but the values provided do not match the current values",
            change(DELETE, RecordSet.simple(API.name(), "A", 61, API.values()))),
        new Row(
            "API",
            "DELETE with another value",
            "Tried to delete resource record set [name='api.example.com.', type='A'] but the values provided do not match the current values",
            change(DELETE, simple("api", "A", "192.0.2.11"))),
        new Row(
            "API",
            "DELETE with another weight",
            "Tried to delete resource record set [name='www.example.com.', type='A', set-identifier='blue'] but the values provided do not match the current values",
            change(DELETE, weighted("www", "blue", 99, 60))),
        new Row(
            "API",
            "a name outside the zone",
            "RRSet with DNS name www.example.org. is not permitted in zone example.com.",
            change(CREATE, RecordSet.simple("www.example.org.", "A", 60, List.of("192.0.2.1")))),
        new Row(
            "API",
            "a value that does not fit the type",
            "Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '300.1.1.1''",
            change(CREATE, simple("new", "A", "300.1.1.1"))),
        new Row(
            "API",
            "the same value twice",
            "Duplicate Resource Record: '192.0.2.1'",
            change(CREATE, simple("new", "A", "192.0.2.1", "192.0.2.1"))),
        new Row(
            "API",
            "two changes of one set",
            "The request contains an invalid set of changes for a resource record set 'A new.example.com.'",
            change(CREATE, simple("new", "A", "192.0.2.1")),
            change(CREATE, simple("new", "A", "192.0.2.2"))),
        new Row(
            "API",
            "the zone's NS sets stay",
            "A HostedZone must contain at least one NS record for the zone itself.",
            change(DELETE, NameServers.of("example.com.").getFirst())),
        new Row(
            "API",
            "the zone's SOA set stays",
            "A HostedZone must contain exactly one SOA record.",
            change(DELETE, NameServers.of("example.com.").getLast())),
        new Row(
            "weighted",
            "weighted beside simple",
            "RRSet with DNS name api.example.com., type A, SetIdentifier blue cannot be created as a non-weighted set exists with the same name and type.",
            change(CREATE, weighted("api", "blue", 1, 60))),
        new Row(
            "weighted",
            "simple beside weighted",
            "RRSet with DNS name www.example.com., type A cannot be created as other RRSets exist with the same name and type.",
            change(UPSERT, simple("www", "A", "192.0.2.9"))),
        new Row(
            "weighted",
            "weighted sets of different TTLs",
            "RRSet with DNS name www.example.com., type A, SetIdentifier green cannot be created as weighted sets must contain the same TTL.",
            change(CREATE, weighted("www", "green", 1, 30))),
        new Row(
            "API",
            "a CNAME at the apex",
            "RRSet of type CNAME with DNS name example.com. is not permitted at apex in zone example.com.",
            change(CREATE, simple("", "CNAME", "www.example.net"))),
        new Row(
            "API",
            "a CNAME beside another type",
            "RRSet of type CNAME with DNS name api.example.com. is not permitted as it conflicts with other records with the same DNS name in zone example.com.",
            change(CREATE, simple("api", "CNAME", "www.example.net"))),
        new Row(
            "API",
            "another type beside a CNAME",
            "RRSet of type A with DNS name docs.example.com. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone example.com.",
            change(CREATE, simple("docs", "A", "192.0.2.1"))),
        new Row(
            "alias",
            "an alias to a load balancer that is not there",
            "Tried to create an alias that targets gone-1."
                + SUFFIX
                + ", type A in zone "
                + BALANCER_ZONE
                + ", but that target was not found",
            change(CREATE, alias(null, BALANCER_ZONE, "gone-1." + SUFFIX))),
        new Row(
            "alias",
            "an alias to a load balancer in another zone than its own",
            "Tried to create an alias that targets "
                + BALANCER
                + ", type A in zone Z0OTHER, but that target was not found",
            change(CREATE, alias(null, "Z0OTHER", BALANCER))),
        new Row(
            "alias",
            "an alias to a name that is not in the zone it names",
            "Tried to create an alias that targets "
                + BALANCER
                + ", type A in zone "
                + ZONE
                + ", but the alias target name does not lie within the target zone",
            change(CREATE, alias(null, ZONE, BALANCER))),
        new Row(
            "alias",
            "an alias to a set that is not there",
            "Tried to create an alias that targets new.example.com., type A in zone "
                + ZONE
                + ", but that target was not found",
            change(CREATE, alias(null, ZONE, "new.example.com."))),
        new Row(
            "limits",
            "1,000 elements, and UPSERT counts twice",
            "Number of records limit of 1000 exceeded.",
            IntStream.range(0, 501)
                .mapToObj(i -> change(UPSERT, simple("n" + i, "A", "192.0.2.1")))
                .toArray(Change[]::new)),
        new Row(
            "limits",
            "32,000 characters of values",
            "Number of characters limit of 32000 exceeded.",
            IntStream.range(0, 9)
                .mapToObj(i -> change(CREATE, simple("n" + i, "TXT", "x".repeat(3600))))
                .toArray(Change[]::new)));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatAwsRefusesIsRefusedInItsWords(Row row) {
    // When
    ChangeRules.Result result = apply(zone(BLUE, API, CNAME), row.batch());
    // Then
    assertThat(result.problems()).contains(row.message());
  }

  static Stream<List<Change>> accepted() {
    return Stream.of(
        // "DELETE and CREATE in one batch" is how weights are moved as a compare-and-set
        List.of(
            change(DELETE, BLUE),
            change(CREATE, weighted("www", "blue", 95, 60)),
            change(CREATE, weighted("www", "green", 5, 60))),
        // from simple to weighted within one batch (external-dns issue 1411)
        List.of(change(DELETE, API), change(CREATE, weighted("api", "blue", 1, 60))),
        // a new TTL for the only set
        List.of(change(UPSERT, weighted("www", "blue", 100, 30))),
        List.of(change(CREATE, alias(null, BALANCER_ZONE, BALANCER))),
        List.of(change(CREATE, alias("blue", BALANCER_ZONE, "dualstack." + BALANCER))),
        List.of(change(CREATE, alias(null, ZONE, "api.example.com."))),
        // the target of an alias may come in the same batch
        List.of(
            change(CREATE, alias(null, ZONE, "new.example.com.")),
            change(CREATE, simple("new", "A", "192.0.2.1"))),
        List.of(change(UPSERT, simple("api", "A", "192.0.2.1", "192.0.2.2"))),
        List.of(change(CREATE, simple("api", "AAAA", "2001:db8::1"))),
        List.of(change(CREATE, simple("\\052", "A", "192.0.2.1"))),
        List.of(change(CREATE, simple("svc", "HTTPS", "1 . alpn=h2"))));
  }

  @ParameterizedTest
  @MethodSource("accepted")
  void whatAwsAcceptsIsAccepted(List<Change> batch) {
    assertThat(apply(zone(BLUE, API, CNAME), batch.toArray(Change[]::new)).problems()).isEmpty();
  }

  @Test
  void everyProblemOfABatchIsTold() {
    // When
    ChangeRules.Result result =
        apply(
            zone(BLUE, API),
            change(CREATE, API),
            change(DELETE, simple("new", "A", "192.0.2.1")),
            change(CREATE, simple("other", "A", "192.0.2.1")));
    // Then
    assertThat(result.problems()).hasSize(2);
  }

  @Test
  void theOrderOfValuesDoesNotMatterForDelete() {
    // Given
    RecordSet two = simple("two", "A", "192.0.2.1", "192.0.2.2");
    RecordSet turned = simple("two", "A", "192.0.2.2", "192.0.2.1");
    // When, then
    assertThat(apply(zone(two), change(DELETE, turned)).problems()).isEmpty();
  }

  @Test
  void aHundredWeightedSetsAreTheMost() {
    // Given
    Change[] most =
        IntStream.range(0, 100)
            .mapToObj(i -> change(CREATE, weighted("many", "set-" + i, 1, 60)))
            .toArray(Change[]::new);
    // When, then
    assertThat(apply(zone(), most).problems()).isEmpty();
    RecordSet[] sets = Stream.of(most).map(Change::set).toArray(RecordSet[]::new);
    assertThat(apply(zone(sets), change(CREATE, weighted("many", "one-more", 1, 60))).problems())
        .hasSize(1);
  }

  @Test
  void randomBatchesNeverBreakTheRulesOfASet() {
    long seed = 20261124;
    Random random = new Random(seed);
    ZoneState zone = zone();
    int accepted = 0;
    for (int run = 0; run < 3000; run++) {
      // Given
      Change[] batch =
          IntStream.range(0, 1 + random.nextInt(4))
              .mapToObj(i -> randomChange(random))
              .toArray(Change[]::new);
      // When
      ChangeRules.Result result = apply(zone, batch);
      // Then
      if (result.problems().isEmpty()) {
        accepted++;
        zone = zone.with(result.records(), Instant.EPOCH, Instant.EPOCH);
      }
      assertSound(zone, seed, run);
    }
    assertThat(accepted).as("seed %d", seed).isBetween(200, 2900);
  }

  private static Change randomChange(Random random) {
    String label = "n" + random.nextInt(2);
    Change.Action action = Change.Action.values()[random.nextInt(3)];
    long ttl = 30 + 30L * random.nextInt(2);
    RecordSet set =
        random.nextInt(3) == 0
            ? RecordSet.simple(label + ".example.com.", "A", ttl, List.of("192.0.2.1"))
            : weighted(label, "id-" + random.nextInt(3), random.nextInt(2), ttl);
    return change(action, set);
  }

  private static void assertSound(ZoneState zone, long seed, int run) {
    for (String label : List.of("n0", "n1")) {
      List<RecordSet> sets =
          zone.current().stream().filter(r -> r.name().equals(label + ".example.com.")).toList();
      boolean oneSimple = sets.size() == 1 && sets.getFirst().weight() == null;
      boolean allWeighted = sets.stream().allMatch(set -> set.weight() != null);
      assertThat(oneSimple || allWeighted).as("seed %d run %d: %s", seed, run, sets).isTrue();
      assertThat(sets.stream().map(RecordSet::ttl).distinct().count())
          .as("seed %d run %d: %s", seed, run, sets)
          .isLessThanOrEqualTo(1);
    }
  }
}
