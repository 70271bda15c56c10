package dev.hikkoshi.sandbox.lbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hikkoshi.sandbox.ec2.Network;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackBuilderTest {

  private static final Service WEB =
      Serialization.unmarshal(
          """
          apiVersion: v1
          kind: Service
          metadata:
            name: web
            namespace: shop
            annotations: {alb.ingress.kubernetes.io/healthcheck-path: /healthz}
          spec: {ports: [{name: http, port: 80, targetPort: 8080}, {name: admin, port: 81, targetPort: admin}]}
          """,
          Service.class);

  private static Stack build(String annotations, String spec) throws Refused {
    Ingress ingress =
        Serialization.unmarshal(
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: front, namespace: shop, annotations: {%s}}
            spec: {%s}
            """
                .formatted(annotations, spec),
            Ingress.class);
    return StackBuilder.build(
        "shop-1-37-1",
        Network.seed("ap-northeast-1"),
        ingress,
        name -> name.equals("web") ? Optional.of(WEB) : Optional.empty());
  }

  private static String path(String path, String type) {
    return "{path: %s, pathType: %s, backend: {service: {name: web, port: {number: 80}}}}"
        .formatted(path, type);
  }

  private static String rules(String... paths) {
    return "rules: [{host: www.example.com, http: {paths: [" + String.join(", ", paths) + "]}}]";
  }

  @Test
  void namesAndTagsAreTheControllers() throws Refused {
    Stack stack = build("alb.ingress.kubernetes.io/tags: team=a", rules(path("/", "Prefix")));

    assertThat(stack.balancer().name()).matches("k8s-shop-front-[0-9a-f]{10}");
    assertThat(stack.balancer().scheme()).isEqualTo("internal");
    assertThat(stack.balancer().tags())
        .containsEntry("elbv2.k8s.aws/cluster", "shop-1-37-1")
        .containsEntry("ingress.k8s.aws/stack", "shop/front")
        .containsEntry("ingress.k8s.aws/resource", "LoadBalancer")
        .containsEntry("team", "a");
    assertThat(stack.listeners()).containsExactly(new Stack.Listening("HTTP", 80, List.of()));
    assertThat(stack.otherwise()).isEqualTo(new Stack.Backend.Nowhere());
  }

  @Test
  void aServiceSaysHowItIsAskedAndItsTargetPortIsTheGroups() throws Refused {
    Stack stack =
        build("alb.ingress.kubernetes.io/healthcheck-path: /other", rules(path("/", "Prefix")));

    assertThat(stack.groups()).hasSize(1);
    assertThat(stack.groups().getFirst().port()).isEqualTo(8080);
    assertThat(stack.groups().getFirst().healthCheck())
        .containsEntry("HealthCheckPath", "/healthz")
        .containsEntry("HealthCheckIntervalSeconds", "15");
  }

  @Test
  void exactPathsComeFirstAndLongerPrefixesBeforeShorterOnes() throws Refused {
    Stack stack =
        build("", rules(path("/", "Prefix"), path("/api/v1/", "Prefix"), path("/api", "Exact")));

    assertThat(stack.rules())
        .extracting(rule -> rule.conditions().get(1).values())
        .containsExactly(List.of("/api"), List.of("/api/v1", "/api/v1/*"), List.of("/*"));
    assertThat(stack.groups()).hasSize(1);
  }

  @Test
  void aCertificateMakesTheListenerSecure() throws Refused {
    Stack stack =
        build(
            "alb.ingress.kubernetes.io/certificate-arn: 'arn:aws:acm:x'",
            "defaultBackend: {service: {name: web, port: {name: admin}}}");

    assertThat(stack.listeners())
        .containsExactly(new Stack.Listening("HTTPS", 443, List.of("arn:aws:acm:x")));
    assertThat(stack.otherwise()).isInstanceOf(Stack.Backend.To.class);
    assertThat(stack.groups().getFirst().port()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          group.name: x                      | does not play the annotation
          target-type: instance              | not 'instance'
          scheme: outside                    | unknown scheme
          listen-ports: '[{"UDP": 53}]'      | listen-ports must be like
          listen-ports: '[{"HTTPS": 443}]'   | certificate-arn is needed
          tags: team                         | is not KEY=VALUE
          """)
  void whatIsNotPlayedIsRefused(String annotation, String message) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(
            () -> build("alb.ingress.kubernetes.io/" + annotation, rules(path("/", "Prefix"))))
        .withMessageContaining(message)
        .matches(refused -> !refused.later());
  }

  @Test
  void aServiceThatIsNotThereYetIsWaitedFor() {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> build("", rules(path("/", "Prefix").replace("name: web", "name: other"))))
        .withMessageContaining("shop/other")
        .matches(Refused::later);
  }

  @Test
  void otherPeoplesAnnotationsDoNotMatter() throws Refused {
    Annotations read = Annotations.of(Map.of("example.com/scheme", "x"));

    assertThat(read.has("scheme")).isFalse();
  }
}
