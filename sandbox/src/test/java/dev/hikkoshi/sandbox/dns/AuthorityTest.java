package dev.hikkoshi.sandbox.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.net.Vpc;
import dev.hikkoshi.sandbox.route53.AliasTarget;
import dev.hikkoshi.sandbox.route53.AliasTargets;
import dev.hikkoshi.sandbox.route53.HostedZone;
import dev.hikkoshi.sandbox.route53.NameServers;
import dev.hikkoshi.sandbox.route53.RecordSet;
import dev.hikkoshi.sandbox.route53.ZoneState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Record;

class AuthorityTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final String SUFFIX = "ap-northeast-1.elb.amazonaws.com.";
  private static final String BALANCER = "web-1." + SUFFIX;
  private static final Authority.Settings SETTINGS =
      new Authority.Settings(SUFFIX, Duration.ofSeconds(60), Vpc.loopback("10.201.0.2"));

  private boolean healthy = true;

  private Optional<AliasTargets.Endpoint> find(String name) {
    return name.equals(BALANCER)
        ? Optional.of(new AliasTargets.Endpoint("ZELB", Vpc.loopback("10.200.0.3"), healthy))
        : Optional.empty();
  }

  private Authority.Verdict ask(String name, String type, RecordSet... sets) {
    List<RecordSet> all = new ArrayList<>();
    all.add(simple("example.com.", "NS", NameServers.NAMES.toArray(String[]::new)));
    all.add(simple("example.com.", "SOA", NameServers.NAMES.getFirst() + " h.x. 1 2 3 4 5"));
    all.addAll(List.of(sets));
    ZoneState zone =
        new ZoneState(
            new HostedZone("Z1", "example.com.", "ref", null),
            Map.of(),
            List.of(new ZoneState.Version(NOW, all)));
    return new Authority(List.of(zone), this::find, SETTINGS, NOW, bound -> 0).answer(name, type);
  }

  private static RecordSet simple(String name, String type, String... values) {
    return RecordSet.simple(name, type, 300, List.of(values));
  }

  private static RecordSet alias(
      String name, @Nullable String id, @Nullable Integer weight, String zone, String target) {
    var to = new AliasTarget(zone, target, true);
    return new RecordSet(name, "A", id, weight, null, List.of(), to);
  }

  private static List<String> answers(Authority.Verdict verdict) {
    List<Record> records =
        switch (verdict) {
          case Authority.Verdict.Found found -> found.answers();
          case Authority.Verdict.Nothing nothing -> nothing.answers();
          case Authority.Verdict.Referral referral -> referral.servers();
          case Authority.Verdict.Refused refused -> List.of();
        };
    return records.stream()
        .map(r -> r.getName() + " " + r.getTTL() + " " + r.rdataToString())
        .toList();
  }

  @Test
  void anAliasOfALoadBalancerHasItsAddressAndTheTtlOfAliases() {
    // When
    var verdict =
        ask("www.example.com.", "A", alias("www.example.com.", null, null, "ZELB", BALANCER));
    // Then
    assertThat(answers(verdict)).containsExactly("www.example.com. 60 127.200.0.3");
  }

  @Test
  void anAliasOfASetOfTheZoneHasThatSetsTtl() {
    // When
    var verdict =
        ask(
            "www.example.com.",
            "A",
            alias("www.example.com.", null, null, "Z1", "origin.example.com."),
            simple("origin.example.com.", "A", "192.0.2.1"));
    // Then
    assertThat(answers(verdict)).containsExactly("www.example.com. 300 192.0.2.1");
  }

  @Test
  void aSickLoadBalancerIsLeftOutOfWeightedAnswers() {
    // Given
    RecordSet sick = alias("www.example.com.", "blue", 200, "ZELB", BALANCER);
    RecordSet well =
        new RecordSet("www.example.com.", "A", "legacy", 1, 30L, List.of("192.0.2.7"), null);
    healthy = false;
    // When, then
    assertThat(answers(ask("www.example.com.", "A", sick, well)))
        .containsExactly("www.example.com. 30 192.0.2.7");
  }

  @Test
  void aDeletedLoadBalancerHasNoAnswer() {
    // When
    var verdict =
        ask(
            "www.example.com.",
            "A",
            alias("www.example.com.", null, null, "ZELB", "gone-1." + SUFFIX));
    // Then
    assertThat(verdict).isInstanceOf(Authority.Verdict.Nothing.class);
  }

  @Test
  void aCnameIsFollowedWithinTheRegion() {
    // When
    var verdict = ask("www.example.com.", "A", simple("www.example.com.", "CNAME", BALANCER));
    // Then
    assertThat(answers(verdict))
        .containsExactly("www.example.com. 300 " + BALANCER, BALANCER + " 60 127.200.0.3");
  }

  @Test
  void aCnameToElsewhereIsAnsweredAlone() {
    // When
    var verdict =
        ask("www.example.com.", "A", simple("www.example.com.", "CNAME", "www.example.net."));
    // Then
    assertThat(answers(verdict)).containsExactly("www.example.com. 300 www.example.net.");
  }

  @Test
  void aWildcardStandsForNamesThatDoNotExist() {
    // Given
    RecordSet wildcard = simple("\\052.example.com.", "A", "192.0.2.5");
    RecordSet exact = simple("api.example.com.", "TXT", "\"x\"");
    // When, then
    assertThat(answers(ask("some.where.example.com.", "A", wildcard, exact)))
        .containsExactly("some.where.example.com. 300 192.0.2.5");
    assertThat(answers(ask("api.example.com.", "A", wildcard, exact))).isEmpty();
    assertThat(answers(ask("below.api.example.com.", "A", wildcard, exact))).isEmpty();
  }

  @Test
  void namesBelowADelegationAreReferred() {
    // When
    var verdict =
        ask("a.sub.example.com.", "A", simple("sub.example.com.", "NS", "ns.example.net."));
    // Then
    assertThat(verdict).isInstanceOf(Authority.Verdict.Referral.class);
  }

  @Test
  void aNameAboveAnExistingOneExists() {
    // When
    var verdict = ask("b.example.com.", "A", simple("a.b.example.com.", "A", "192.0.2.1"));
    // Then
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Authority.Verdict.Nothing.class, nothing -> assertThat(nothing.nameExists()).isTrue());
  }

  @Test
  void aNameOutsideEveryZoneIsRefused() {
    assertThat(ask("example.org.", "A")).isInstanceOf(Authority.Verdict.Refused.class);
  }
}
