package dev.hikkoshi.environments.check.doctor;

import static dev.hikkoshi.environments.check.doctor.Found.consider;
import static dev.hikkoshi.environments.check.doctor.Found.object;
import static dev.hikkoshi.environments.check.doctor.Found.rendering;
import static dev.hikkoshi.environments.check.doctor.Found.settle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is rendered, with and without what keeps it well. */
class InsideTest {

  private static final Manifest SERVICE =
      object("Service", "api", "api", Map.of("selector", Map.of("app", "api")));

  private static Manifest webhook(String policy, Map<String, Object> client) {
    return Patients.object(
        "admissionregistration.k8s.io/v1",
        "MutatingWebhookConfiguration",
        Map.of("name", "policy"),
        Map.of(
            "webhooks",
            List.of(Map.of("name", "x", "failurePolicy", policy, "clientConfig", client))));
  }

  private static Map<String, Object> service(String namespace, String name) {
    return Map.of("service", Map.of("name", name, "namespace", namespace));
  }

  private static Manifest pods(String namespace, String app, Object... readiness) {
    List<Map<String, Object>> containers = Stream.of(readiness).map(InsideTest::container).toList();
    return object(
        "Deployment",
        namespace,
        app,
        Map.of(
            "template",
            Map.of(
                "metadata",
                Map.of("labels", Map.of("app", app, "tier", "web")),
                "spec",
                Map.of("containers", containers))));
  }

  private static Map<String, Object> container(Object path) {
    return path.equals("")
        ? Map.of("name", "helper")
        : Map.of("name", "it", "readinessProbe", Map.of("httpGet", Map.of("path", path)));
  }

  @Test
  void aWebhookNeedsTheVeryServiceThatAnswersIt() {
    // Given
    Manifest hook = webhook("Fail", service("api", "api"));

    // Then
    assertThat(settle(rendering(hook, SERVICE), "webhook")).isEmpty();
    assertThat(settle(rendering(hook), "webhook"))
        .containsExactly("x asks the Service api/api, which no release renders");
    assertThat(settle(rendering(webhook("Fail", service("web", "api")), SERVICE), "webhook"))
        .hasSize(1);
    assertThat(settle(rendering(webhook("Fail", service("api", "web")), SERVICE), "webhook"))
        .hasSize(1);
    assertThat(settle(rendering(hook, pods("api", "api", "/")), "webhook")).hasSize(1);
  }

  @Test
  void aWebhookThatIsIgnoredOrAsksOutsideHoldsNothingUp() {
    // Given
    Manifest ignored = webhook("Ignore", service("api", "api"));
    Manifest outside = webhook("Fail", Map.of("url", "https://example.com"));

    // Then
    assertThat(settle(rendering(ignored, outside), "webhook")).isEmpty();
  }

  @Test
  void aProbeOfTheLoadBalancerThatPodsDoNotAnswerIsTold() {
    assertThat(consider(rendering(SERVICE, pods("api", "api", "/z", "", "/a")), "health-check"))
        .containsExactly("the load balancer asks /healthz, the pods' readiness asks /a, /z");
  }

  @Test
  void aProbeThatOneOfTheContainersAnswersIsWell() {
    assertThat(consider(rendering(SERVICE, pods("api", "api", "/z", "/healthz")), "health-check"))
        .isEmpty();
  }

  @Test
  void onlyPodsOfTheRoutesOwnServiceAreAsked() {
    // Given
    Manifest pods = pods("api", "api", "/z");
    Manifest elsewhere = object("Service", "web", "api", Map.of("selector", Map.of("app", "api")));
    Manifest another = object("Service", "api", "web", Map.of("selector", Map.of("app", "api")));
    Manifest all = object("Service", "api", "api", Map.of("selector", Map.of()));
    Manifest manual = object("Service", "api", "api", Map.of());
    Manifest endpoints =
        object("Endpoints", "api", "api", Map.of("selector", Map.of("app", "api")));

    // Then
    for (Manifest service : List.of(elsewhere, another, all, manual, endpoints)) {
      assertThat(consider(rendering(service, pods), "health-check")).as(service.path()).isEmpty();
    }
    assertThat(consider(rendering(SERVICE, pods("web", "api", "/z")), "health-check")).isEmpty();
    assertThat(consider(rendering(SERVICE, pods("api", "web", "/z")), "health-check")).isEmpty();
    assertThat(consider(rendering(SERVICE, pods("api", "api", "")), "health-check")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"node-local-dns", "nodelocaldns", "dns-autoscaler", "kube-dns-autoscaler"})
  void somethingThatHelpsCoreDnsIsEnough(String name) {
    assertThat(consider(rendering(object("DaemonSet", "kube-system", name, Map.of())), "coredns"))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}: told {1}")
  @CsvSource({"coredns, false", "vpc-cni, true"})
  void theAddonOfCoreDnsMayScaleIt(String addon, boolean told) {
    // Given
    AddonSpec scaled =
        new AddonSpec(
            addon,
            Optional.empty(),
            Optional.of("{\"autoScaling\": {\"enabled\": true}}"),
            Optional.empty(),
            Map.of());
    Subject subject = Found.wanting(rendering(SERVICE), List.of(), List.of(scaled));

    // Then
    assertThat(consider(subject, "coredns")).hasSize(told ? 1 : 0);
  }

  @ParameterizedTest(name = "{0}: told {1}")
  @CsvSource({"cluster-autoscaler, false", "karpenter, false", "web, true"})
  void nodesThatNobodyAddsAreTold(String name, boolean told) {
    assertThat(
            consider(rendering(object("Deployment", "kube-system", name, Map.of())), "autoscaler"))
        .hasSize(told ? 1 : 0);
  }

  @Test
  void aNameThatARouteMovesIsTakenFromExternalDns() {
    // Given
    Manifest agent =
        object(
            "DaemonSet",
            "kube-system",
            "dns",
            Map.of(
                "template",
                Map.of("spec", Map.of("containers", List.of(Map.of("image", "external-dns"))))));
    Manifest named =
        Patients.object(
            "v1",
            "Service",
            Map.of(
                "name",
                "web",
                "namespace",
                "web",
                "annotations",
                Map.of("external-dns.alpha.kubernetes.io/hostname", "www.example.com")),
            Map.of());

    // Then
    assertThat(settle(rendering(agent, named), "route-name"))
        .singleElement()
        .asString()
        .contains("DNS name www.example.com belongs to a route");
  }
}
