package dev.hikkoshi.cli.adopt;

import static dev.hikkoshi.cli.adopt.Surveys.GROUP;
import static dev.hikkoshi.cli.adopt.Surveys.OTHER;
import static dev.hikkoshi.cli.adopt.Surveys.alias;
import static dev.hikkoshi.cli.adopt.Surveys.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What leads to a cluster becomes a route, or it is said why not. */
class ProposalsTest {

  private static final String WWW = "www.example.com";
  private static final GroupWeight OURS = new GroupWeight(GROUP, 1);

  private static Proposal only(Surveys surveys) {
    List<Proposal> all = Proposals.of(surveys.seen());
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static Object at(Proposal proposal, String... path) {
    Object value = proposal.route().orElseThrow();
    for (String key : path) {
      value = Objects.requireNonNull(((Map<?, ?>) value).get(key), key);
    }
    return value;
  }

  @Test
  void simpleAliasesOfBothTypesAreOneRoute() {
    // When
    Proposal proposal =
        only(
            new Surveys()
                .record(alias(WWW, "A", Optional.empty(), 0))
                .record(alias(WWW, "AAAA", Optional.empty(), 0)));

    // Then
    assertThat(proposal.name()).isEqualTo("www");
    assertThat(at(proposal, "dns", "record")).isEqualTo(WWW);
    assertThat(at(proposal, "backend", "ingress", "name")).isEqualTo("shop");
    assertThat(proposal.manages()).startsWith("2 records, simple alias").contains("one batch");
    assertThat(proposal.inTheWay()).isEmpty();
  }

  @Test
  void aWeightedRecordThatLeadsElsewhereIsAStranger() {
    // When
    Proposal proposal =
        only(
            new Surveys()
                .record(alias(WWW, "A", Optional.of("eks"), 90))
                .record(values(WWW, "A", Optional.of("machines"), "192.0.2.1")));

    // Then
    assertThat(at(proposal, "dns", "strangers")).isEqualTo(List.of("machines"));
    assertThat(proposal.manages()).contains("weighted (eks, 90) alias");
    assertThat(proposal.inTheWay().getFirst()).contains("its weight is 90 beside 10 of others");
  }

  @Test
  void aCnameSaysHowLongItsAnswersAreHeld() {
    // When
    Proposal proposal =
        only(new Surveys().record(values(WWW, "CNAME", Optional.empty(), Surveys.BALANCER + ".")));

    // Then
    assertThat(proposal.notes()).containsExactly("no alias: answers are held for 300 s");
  }

  @Test
  void externalDnsIsInTheWayAndTheWayOutIsSaid() {
    // Given
    RecordSeen mark =
        values(
            "cname-" + WWW,
            "TXT",
            Optional.empty(),
            "\"heritage=external-dns,external-dns/owner=one,external-dns/resource=ingress/web/shop\"");

    // When
    Proposal proposal =
        only(new Surveys().record(alias(WWW, "A", Optional.empty(), 0)).record(mark));

    // Then
    assertThat(proposal.inTheWay())
        .singleElement()
        .asString()
        .contains("owner id one", "upsert-only", "annotate ingress/web/shop", "TXT cname-" + WWW);
  }

  @Test
  void anotherRoutingPolicyCannotBeTakenOver() {
    // Given
    RecordSeen latency =
        new RecordSeen(
            WWW,
            "A",
            Optional.of("tokyo"),
            OptionalInt.empty(),
            Optional.of("latency"),
            alias(WWW, "A", Optional.empty(), 0).alias(),
            Optional.empty(),
            List.of(),
            Optional.empty());

    // Then
    Proposal proposal = only(new Surveys().record(latency));
    assertThat(proposal.route()).isEmpty();
    assertThat(proposal.inTheWay().getFirst()).contains("latency");
  }

  @Test
  void aServicesOwnLoadBalancerIsNoRoute() {
    Proposal proposal =
        only(
            new Surveys()
                .record(values("mail.example.com", "CNAME", Optional.empty(), "nlb.elb.example")));
    assertThat(proposal.inTheWay().getFirst()).contains("Service smtp");
  }

  @Test
  void aRuleWhoseGroupTheClusterBindsIsARoute() {
    // When
    Proposal proposal =
        only(
            new Surveys()
                .rule(false, true, List.of("api.example.com"), OURS, new GroupWeight(OTHER, 1)));

    // Then
    assertThat(proposal.name()).isEqualTo("api");
    assertThat(at(proposal, "alb", "loadBalancer")).isEqualTo("shared");
    assertThat(at(proposal, "alb", "strangers")).isEqualTo(List.of(OTHER));
    assertThat(at(proposal, "alb", "role")).isEqualTo("arn:aws:iam::111122223333:role/traffic");
    assertThat(at(proposal, "backend", "service", "port")).isEqualTo(8080);
    assertThat(at(proposal, "healthCheck", "path")).isEqualTo("/healthz");
  }

  @Test
  void aRuleThatAnIngressControllerWritesIsRefusedAndTheWayIsSaid() {
    // Then
    assertThat(
            only(new Surveys()
                    .madeFor("ingress api/api")
                    .rule(false, true, List.of("api.example.com"), OURS))
                .inTheWay()
                .getFirst())
        .contains("ingress api/api", "TargetGroupBinding");
    assertThat(
            only(new Surveys()
                    .balancerTags(
                        Map.of("elbv2.k8s.aws/cluster", "other", "ingress.k8s.aws/stack", "team"))
                    .rule(false, true, List.of("api.example.com"), OURS))
                .inTheWay()
                .getFirst())
        .contains("cluster other, team");
  }

  @Test
  void defaultRulesAndOtherConditionsAreLeftAlone() {
    // Then
    assertThat(only(new Surveys().rule(true, true, List.of(), OURS)).inTheWay().getFirst())
        .contains("default rules");
    assertThat(only(new Surveys().rule(false, false, List.of(), OURS)).inTheWay().getFirst())
        .contains("conditions other than");
  }

  @Test
  void aRuleOfOthersIsNotTold() {
    assertThat(
            Proposals.of(
                new Surveys()
                    .rule(false, true, List.of("x.example.com"), new GroupWeight(OTHER, 1))
                    .seen()))
        .isEmpty();
  }

  @Test
  void routesHaveNamesOfTheirOwn() {
    // When
    List<Proposal> all =
        Proposals.of(
            new Surveys()
                .record(alias("api.example.com", "A", Optional.empty(), 0))
                .rule(false, true, List.of("api.example.com"), OURS)
                .seen());

    // Then
    assertThat(all).extracting(Proposal::name).containsExactly("api", "api-2");
  }
}
