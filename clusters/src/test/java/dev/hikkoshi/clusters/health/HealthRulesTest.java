package dev.hikkoshi.clusters.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Health by kind, as a table: an object, the pods of its selector, and what is said of it. */
class HealthRulesTest {

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final String GOOD = "healthy";

  private static final String CRASHING =
      """
      {kind: Pod, apiVersion: v1, metadata: {name: web-1},
       status: {containerStatuses: [{name: app, state: {waiting: {reason: CrashLoopBackOff}},
         lastState: {terminated: {exitCode: 3}}}]}}
      """;
  private static final String UNSCHEDULED =
      """
      {kind: Pod, apiVersion: v1, metadata: {name: web-1},
       status: {conditions: [{type: PodScheduled, status: "False", reason: Unschedulable,
         message: 0/3 nodes are available}]}}
      """;

  static Stream<Arguments> rows() {
    return Stream.of(
        row("Deployment", "apps/v1", "spec: {replicas: 2}", "its controller has not seen it yet"),
        row(
            "Deployment",
            "apps/v1",
            "spec: {replicas: 2}, status: {observedGeneration: 1, updatedReplicas: 2, replicas: 2, availableReplicas: 2}",
            GOOD),
        row(
            "Deployment",
            "apps/v1",
            "metadata: {generation: 3}, spec: {replicas: 1}, status: {observedGeneration: 2, updatedReplicas: 1, replicas: 1, availableReplicas: 1}",
            "its controller has not seen the newest change"),
        row(
            "Deployment",
            "apps/v1",
            "spec: {replicas: 2}, status: {observedGeneration: 1, updatedReplicas: 2, replicas: 3, availableReplicas: 3}",
            "1 old pods are still there"),
        row("Deployment", "apps/v1", "spec: {replicas: 0}, status: {observedGeneration: 1}", GOOD),
        row(
            "Deployment",
            "apps/v1",
            "spec: {replicas: 2}, status: {observedGeneration: 1, conditions: [{type: Progressing, status: 'False', reason: ProgressDeadlineExceeded, message: timed out}]}",
            "FAILING ProgressDeadlineExceeded: timed out"),
        row(
            "Deployment",
            "apps/v1",
            "spec: {replicas: 2}, status: {observedGeneration: 1, updatedReplicas: 1}",
            "FAILING 1 of 2 pods are updated; pod web-1, container app: CrashLoopBackOff (last exit code 3)",
            CRASHING),
        row(
            "Deployment",
            "apps/v1",
            "spec: {replicas: 2}, status: {observedGeneration: 1, updatedReplicas: 2, replicas: 2, availableReplicas: 1}",
            "1 of 2 pods are available; pod web-1 is not scheduled: Unschedulable: 0/3 nodes are available",
            UNSCHEDULED),
        row(
            "StatefulSet",
            "apps/v1",
            "spec: {replicas: 2}, status: {observedGeneration: 1, updatedReplicas: 1, readyReplicas: 2, currentRevision: a, updateRevision: b}",
            "1 of 2 pods are updated"),
        row(
            "StatefulSet",
            "apps/v1",
            "spec: {replicas: 2}, status: {observedGeneration: 1, readyReplicas: 2, currentRevision: a, updateRevision: a}",
            GOOD),
        row(
            "DaemonSet",
            "apps/v1",
            "status: {observedGeneration: 1, desiredNumberScheduled: 3, updatedNumberScheduled: 3, numberAvailable: 2}",
            "2 of 3 pods are available"),
        row(
            "DaemonSet",
            "apps/v1",
            "status: {observedGeneration: 1, desiredNumberScheduled: 0}",
            GOOD),
        row("Job", "batch/v1", "status: {conditions: [{type: Complete, status: 'True'}]}", GOOD),
        row("Job", "batch/v1", "spec: {suspend: true}", GOOD),
        row("Job", "batch/v1", "status: {active: 1}", "it is not complete"),
        row(
            "Job",
            "batch/v1",
            "status: {conditions: [{type: Failed, status: 'True', reason: BackoffLimitExceeded}]}",
            "FAILING BackoffLimitExceeded"),
        row("PersistentVolumeClaim", "v1", "status: {phase: Bound}", GOOD),
        row(
            "PersistentVolumeClaim",
            "v1",
            "status: {phase: Pending}",
            "it is not bound to a volume"),
        row("PersistentVolumeClaim", "v1", "status: {phase: Lost}", "FAILING its volume is lost"),
        row("Service", "v1", "spec: {type: ClusterIP}", GOOD),
        row("Service", "v1", "spec: {type: LoadBalancer}", "it has no load balancer yet"),
        row(
            "Ingress",
            "networking.k8s.io/v1",
            "status: {loadBalancer: {ingress: [{hostname: a}]}}",
            GOOD),
        row("Ingress", "networking.k8s.io/v1", "spec: {}", "it has no load balancer yet"),
        row(
            "CustomResourceDefinition",
            "apiextensions.k8s.io/v1",
            "status: {conditions: [{type: Established, status: 'True'}]}",
            GOOD),
        row(
            "CustomResourceDefinition",
            "apiextensions.k8s.io/v1",
            "status: {conditions: [{type: NamesAccepted, status: 'False', reason: Conflict}]}",
            "FAILING Conflict"),
        row(
            "APIService",
            "apiregistration.k8s.io/v1",
            "status: {conditions: [{type: Available, status: 'False', message: no endpoints}]}",
            "no endpoints"),
        row(
            "HorizontalPodAutoscaler",
            "autoscaling/v2",
            "status: {conditions: [{type: ScalingActive, status: 'False', reason: FailedGetResourceMetric}]}",
            "FailedGetResourceMetric"),
        row(
            "HorizontalPodAutoscaler",
            "autoscaling/v2",
            "status: {conditions: [{type: ScalingActive, status: 'False', reason: ScalingDisabled}]}",
            GOOD),
        row(
            "PodDisruptionBudget",
            "policy/v1",
            "status: {currentHealthy: 1, desiredHealthy: 2}",
            "1 of 2 pods are healthy"),
        row(
            "Certificate",
            "cert-manager.io/v1",
            "status: {conditions: [{type: Ready, status: 'False', reason: Issuing}]}",
            "Issuing"),
        row(
            "Kustomization",
            "x.example.com/v1",
            "status: {conditions: [{type: Stalled, status: 'True', reason: BuildFailed}]}",
            "FAILING BuildFailed"),
        row("ConfigMap", "v1", "data: {a: b}", GOOD),
        row(
            "ConfigMap",
            "v1",
            "metadata: {deletionTimestamp: '2026-01-01T00:00:00Z'}",
            "it is being deleted"));
  }

  private static Arguments row(
      String kind, String apiVersion, String fields, String said, String... pods) {
    return Arguments.of(kind, apiVersion, fields, said, List.of(pods));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("rows")
  void eachKindIsJudgedByItsOwnRule(
      String kind, String apiVersion, String fields, String said, List<String> pods) {
    // Given
    LiveObject object = tree("{apiVersion: %s, kind: %s, %s}".formatted(apiVersion, kind, fields));
    HealthRules rules = new HealthRules(_ -> pods.stream().map(HealthRulesTest::tree).toList());

    // When
    Health health = rules.of(object);

    // Then
    String name = "%s/%s/: ".formatted(apiVersion, kind);
    Health expected =
        said.equals(GOOD)
            ? new Health.Healthy()
            : said.startsWith("FAILING ")
                ? new Health.Failing(name + said.substring("FAILING ".length()))
                : new Health.Progressing(name + said);
    assertThat(health).isEqualTo(expected);
  }

  private static LiveObject tree(String yaml) {
    try {
      return LiveObject.of((ObjectNode) YAML.readTree(yaml));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(yaml, e);
    }
  }
}
