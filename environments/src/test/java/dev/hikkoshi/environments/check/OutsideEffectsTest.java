package dev.hikkoshi.environments.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutsideEffectsTest {

  private static final ReleaseId WEB = new ReleaseId("web", "web");

  private static Manifest object(
      String apiVersion, String kind, Map<String, Object> annotations, Map<String, Object> spec) {
    return new Manifest(
        Map.of(
            "apiVersion", apiVersion,
            "kind", kind,
            "metadata", Map.of("name", "it", "annotations", annotations),
            "spec", spec));
  }

  static Stream<Arguments> claims() {
    return Stream.of(
        Arguments.of(
            "a DNS name of external-dns",
            object(
                "v1",
                "Service",
                Map.of("external-dns.alpha.kubernetes.io/hostname", "a.example.com, b.example.com"),
                Map.of()),
            "DNS name b.example.com"),
        Arguments.of(
            "a load balancer's name",
            object(
                "networking.k8s.io/v1",
                "Ingress",
                Map.of("alb.ingress.kubernetes.io/load-balancer-name", "web"),
                Map.of()),
            "load-balancer-name web"),
        Arguments.of(
            "an Ingress group",
            object(
                "networking.k8s.io/v1",
                "Ingress",
                Map.of("alb.ingress.kubernetes.io/group.name", "public"),
                Map.of()),
            "group.name public"),
        Arguments.of(
            "a target group",
            object(
                "elbv2.k8s.aws/v1beta1",
                "TargetGroupBinding",
                Map.of(),
                Map.of("targetGroupARN", "arn:aws:tg")),
            "target group arn:aws:tg"),
        Arguments.of(
            "an owner id of external-dns",
            object(
                "apps/v1",
                "Deployment",
                Map.of(),
                Map.of("args", List.of("--source=ingress", "--txt-owner-id=shop"))),
            "external-dns owner id shop"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void whatOnlyOneMayHaveIsFoundWhenTwoClustersClaimIt(
      String what, Manifest claim, String expected) {
    // Given
    Map<ReleaseId, List<Manifest>> both = Map.of(WEB, List.of(claim));

    // When
    var findings = OutsideEffects.unclassified(both, both, List.of());

    // Then
    assertThat(findings.toString()).as(what).contains(expected).contains("web/web");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("claims")
  void aClaimOfOneClusterAloneIsNoFinding(String what, Manifest claim, String ignored) {
    // Given, When
    var findings = OutsideEffects.unclassified(Map.of(WEB, List.of(claim)), Map.of(), List.of());

    // Then
    assertThat(findings).as(what + ignored).isEmpty();
  }

  @Test
  void aHostOfAnIngressIsAClaimOnlyWhereExternalDnsRuns() {
    // Given
    Manifest ingress =
        object(
            "networking.k8s.io/v1",
            "Ingress",
            Map.of(),
            Map.of("rules", List.of(Map.of("host", "www.example.com"))));
    Manifest agent =
        object(
            "apps/v1",
            "Deployment",
            Map.of(),
            Map.of("containers", List.of(Map.of("image", "registry.k8s.io/external-dns:v1"))));

    // When
    var without = unclassified(List.of(ingress));
    var with = unclassified(List.of(ingress, agent));

    // Then
    assertThat(without).isEmpty();
    assertThat(with.toString()).contains("DNS name www.example.com");
  }

  @Test
  void aCronJobIsAFindingEvenInTheFirstCluster() {
    // Given
    Manifest job = object("batch/v1", "CronJob", Map.of(), Map.of());

    // When
    var findings = OutsideEffects.unclassified(Map.of(WEB, List.of(job)), Map.of(), List.of());

    // Then
    assertThat(findings)
        .singleElement()
        .satisfies(f -> assertThat(f.object()).isEqualTo("batch/v1/CronJob/web/it"));
  }

  @Test
  void aPersonsWordByReleaseOrByObjectSettlesIt() {
    // Given
    Manifest job = object("batch/v1", "CronJob", Map.of(), Map.of());
    Map<ReleaseId, List<Manifest>> here = Map.of(WEB, List.of(job));

    // When
    var byRelease =
        OutsideEffects.unclassified(
            here, Map.of(), List.of(new Outside.OfRelease(WEB, Outside.As.HARMLESS, "idempotent")));
    var byObject =
        OutsideEffects.unclassified(
            here,
            Map.of(),
            List.of(
                new Outside.OfObject(
                    "batch/v1/CronJob/web/it", Outside.As.HARMLESS, "idempotent")));
    var another =
        OutsideEffects.unclassified(
            here,
            Map.of(),
            List.of(new Outside.OfObject("batch/v1/CronJob/web/other", Outside.As.HARMLESS, "x")));

    // Then
    assertThat(byRelease).isEmpty();
    assertThat(byObject).isEmpty();
    assertThat(another).hasSize(1);
  }

  private static List<OutsideEffects.Finding> unclassified(List<Manifest> objects) {
    Map<ReleaseId, List<Manifest>> both = Map.of(WEB, objects);
    return OutsideEffects.unclassified(both, both, List.of());
  }
}
