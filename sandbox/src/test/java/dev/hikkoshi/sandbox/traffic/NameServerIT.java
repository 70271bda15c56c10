package dev.hikkoshi.sandbox.traffic;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.ChangeInfo;
import software.amazon.awssdk.services.route53.model.ChangeStatus;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** Zones changed by the real SDK, asked by a resolver that nobody here wrote. */
class NameServerIT {

  private static final String NAME = "www.example.com.";

  @TempDir Path directory;
  private TrafficWorld world;
  private SimpleResolver resolver;
  private String zone;

  @BeforeEach
  void open() throws Exception {
    world = new TrafficWorld(directory);
    String where = world.dnsPart.summary().path("address").asText();
    resolver = new SimpleResolver(where.substring(0, where.indexOf(':')));
    resolver.setPort(Integer.parseInt(where.substring(where.indexOf(':') + 1)));
    resolver.setTimeout(ofSeconds(5));
    zone = world.zone("example.com");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private Message ask(String name, int type) throws IOException {
    Record question = Record.newRecord(Name.fromString(name), type, DClass.IN);
    return resolver.send(Message.newQuery(question));
  }

  private List<String> addresses(String name) throws IOException {
    return ask(name, Type.A).getSection(Section.ANSWER).stream()
        .filter(ARecord.class::isInstance)
        .map(record -> ((ARecord) record).getAddress().getHostAddress())
        .toList();
  }

  private ChangeInfo change(Change... changes) {
    return world
        .route53
        .changeResourceRecordSets(r -> r.hostedZoneId(zone).changeBatch(b -> b.changes(changes)))
        .changeInfo();
  }

  private void insync(ChangeInfo change) {
    await()
        .atMost(ofSeconds(90))
        .pollInterval(ofSeconds(1).dividedBy(4))
        .until(
            () ->
                world.route53.getChange(r -> r.id(change.id())).changeInfo().status()
                    == ChangeStatus.INSYNC);
  }

  private static Change weighted(ChangeAction action, String id, long weight, String address) {
    return Change.builder()
        .action(action)
        .resourceRecordSet(
            r ->
                r.name(NAME)
                    .type(RRType.A)
                    .setIdentifier(id)
                    .weight(weight)
                    .ttl(5L)
                    .resourceRecords(ResourceRecord.builder().value(address).build()))
        .build();
  }

  private static Change alias(ChangeAction action, String id, long weight, LoadBalancer to) {
    ResourceRecordSet set =
        ResourceRecordSet.builder()
            .name(NAME)
            .type(RRType.A)
            .setIdentifier(id)
            .weight(weight)
            .aliasTarget(
                t ->
                    t.hostedZoneId(to.canonicalHostedZoneId())
                        .dnsName("dualstack." + to.dnsName())
                        .evaluateTargetHealth(true))
            .build();
    return Change.builder().action(action).resourceRecordSet(set).build();
  }

  @Test
  void answersChangeWhenTheChangeIsInsync() throws Exception {
    // Given
    insync(change(weighted(ChangeAction.CREATE, "blue", 1, "192.0.2.1")));
    assertThat(addresses(NAME)).containsExactly("192.0.2.1");
    // When: a compare-and-set of both in one batch
    ChangeInfo change =
        change(
            weighted(ChangeAction.DELETE, "blue", 1, "192.0.2.1"),
            weighted(ChangeAction.CREATE, "blue", 0, "192.0.2.1"),
            weighted(ChangeAction.CREATE, "green", 9, "192.0.2.2"));
    // Then
    assertThat(change.status()).isEqualTo(ChangeStatus.PENDING);
    assertThat(addresses(NAME)).containsExactly("192.0.2.1");
    insync(change);
    assertThat(addresses(NAME)).containsExactly("192.0.2.2");
  }

  @Test
  void answersAreSharedByWeight() throws Exception {
    // Given
    insync(
        change(
            weighted(ChangeAction.CREATE, "blue", 243, "192.0.2.1"),
            weighted(ChangeAction.CREATE, "green", 12, "192.0.2.2")));
    int queries = 5000;
    // When
    int green = 0;
    for (int i = 0; i < queries; i++) {
      green += addresses(NAME).equals(List.of("192.0.2.2")) ? 1 : 0;
    }
    // Then
    assertThat(Binomial.fits(green, queries, 12 / 255.0)).as("%d", green).isTrue();
  }

  @Test
  void anAliasAnswersTheLoadBalancersAddressWhileItIsHealthy() throws Exception {
    // Given
    FakeTarget blue = FakeTarget.open(world.region.vertx());
    FakeTarget green = FakeTarget.open(world.region.vertx());
    LoadBalancer blueBalancer = world.balancer("blue");
    LoadBalancer greenBalancer = world.balancer("green");
    TargetGroup blueGroup = world.group("blue", blue.address);
    TargetGroup greenGroup = world.group("green", green.address);
    world.listener(blueBalancer, 80, TrafficWorld.forward(0, List.of(blueGroup), 1));
    world.listener(greenBalancer, 80, TrafficWorld.forward(0, List.of(greenGroup), 1));
    String blueAddress = world.at(blueBalancer, 80).getHost();
    String greenAddress = world.at(greenBalancer, 80).getHost();
    await()
        .atMost(ofSeconds(90))
        .until(
            () ->
                (world.health(blueGroup) + world.health(greenGroup)).equals("[healthy][healthy]"));
    insync(
        change(
            alias(ChangeAction.CREATE, "blue", 100, blueBalancer),
            alias(ChangeAction.CREATE, "green", 0, greenBalancer)));
    Message answer = ask(NAME, Type.A);
    assertThat(answer.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(answer.getSection(Section.ANSWER).getFirst().getTTL()).isEqualTo(2);
    assertThat(addresses(NAME)).containsExactly(blueAddress);
    // When: weight 0 is not off where health is evaluated
    blue.mood(FakeTarget.Mood.SICK);
    // Then
    await().atMost(ofSeconds(90)).until(() -> addresses(NAME).equals(List.of(greenAddress)));
    // When: all are sick, all count as healthy
    green.mood(FakeTarget.Mood.SICK);
    // Then
    await().atMost(ofSeconds(90)).until(() -> addresses(NAME).equals(List.of(blueAddress)));
    assertThat(addresses(blueBalancer.dnsName() + ".")).containsExactly(blueAddress);
  }

  @Test
  void whatDoesNotExistIsToldApart() throws Exception {
    // Given
    insync(change(weighted(ChangeAction.CREATE, "blue", 1, "192.0.2.1")));
    // When
    Message noName = ask("nothing.example.com.", Type.A);
    Message noType = ask(NAME, Type.AAAA);
    Message noZone = ask("example.net.", Type.A);
    // Then
    assertThat(noName.getRcode()).isEqualTo(Rcode.NXDOMAIN);
    assertThat(noName.getSection(Section.AUTHORITY).getFirst().getType()).isEqualTo(Type.SOA);
    assertThat(noType.getRcode()).isEqualTo(Rcode.NOERROR);
    assertThat(noType.getSection(Section.ANSWER)).isEmpty();
    assertThat(noType.getSection(Section.AUTHORITY).getFirst().getType()).isEqualTo(Type.SOA);
    assertThat(noZone.getRcode()).isEqualTo(Rcode.REFUSED);
  }

  @Test
  void whatIsTooLongForADatagramIsAnsweredOverTcp() throws Exception {
    // Given
    String[] values =
        Stream.iterate(0, i -> i + 1)
            .limit(20)
            .map(i -> "\"%s%02d\"".formatted("v".repeat(150), i))
            .toArray(String[]::new);
    insync(
        change(
            Change.builder()
                .action(ChangeAction.CREATE)
                .resourceRecordSet(
                    r ->
                        r.name("long.example.com")
                            .type(RRType.TXT)
                            .ttl(60L)
                            .resourceRecords(
                                Arrays.stream(values)
                                    .map(v -> ResourceRecord.builder().value(v).build())
                                    .toList()))
                .build()));
    // When: the resolver asks again over TCP by itself
    Message answer = ask("long.example.com.", Type.TXT);
    // Then
    assertThat(answer.getSection(Section.ANSWER)).hasSize(20);
  }

  @Test
  void nameServersOfAZoneResolveToTheServerItself() throws Exception {
    // Given
    insync(change(weighted(ChangeAction.CREATE, "blue", 1, "192.0.2.1")));
    // When
    String server =
        ask("example.com.", Type.NS).getSection(Section.ANSWER).getFirst().rdataToString();
    // Then
    assertThat(addresses(server)).containsExactly("127.201.0.2");
  }

  @Test
  void aRefusedBatchHasEveryProblemInAwsWords() {
    // When, then
    assertThatThrownBy(
            () ->
                change(
                    weighted(ChangeAction.CREATE, "blue", 1, "not-an-address"),
                    weighted(ChangeAction.DELETE, "green", 1, "192.0.2.1")))
        .isInstanceOf(InvalidChangeBatchException.class)
        .hasMessageContaining("Value is not a valid IPv4 address")
        .hasMessageContaining(
            "Tried to delete resource record set [name='www.example.com.', type='A',"
                + " set-identifier='green'] but it was not found");
  }

  @Test
  void recordSetsComeInPages() {
    // Given
    change(
        Stream.iterate(0, i -> i + 1)
            .limit(25)
            .map(
                i ->
                    weighted(ChangeAction.CREATE, "set-%02d".formatted(i), 1, "192.0.2." + (i + 1)))
            .toArray(Change[]::new));
    // When
    List<String> identifiers =
        world
            .route53
            .listResourceRecordSetsPaginator(r -> r.hostedZoneId(zone).maxItems("4"))
            .resourceRecordSets()
            .stream()
            .map(ResourceRecordSet::setIdentifier)
            .filter(java.util.Objects::nonNull)
            .toList();
    // Then
    assertThat(identifiers).hasSize(25).isSorted().doesNotHaveDuplicates();
  }
}
