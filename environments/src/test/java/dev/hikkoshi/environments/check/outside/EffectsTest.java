package dev.hikkoshi.environments.check.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that one object does outside, and nothing else. */
class EffectsTest {

  private static final String DNS =
      workload("external-dns", "args: [--policy=upsert-only, --registry=txt]");

  private static String object(String apiVersion, String kind, String spec) {
    return """
    apiVersion: %s
    kind: %s
    metadata: {name: it, namespace: web}
    spec: %s
    """
        .formatted(apiVersion, kind, spec);
  }

  private static String workload(String image, String more) {
    return object(
        "apps/v1",
        "DaemonSet",
        "{template: {spec: {containers: [{image: '%s', %s}]}}}".formatted(image, more));
  }

  private static String annotated(String annotation) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: it, namespace: web, annotations: {%s}}
    """
        .formatted(annotation);
  }

  private static List<String> effects(String... yaml) {
    return Effects.in(Rendered.of(String.join("---\n", yaml)), Set.of("moved.example.com")).stream()
        .map(e -> e.kind().word() + ": " + e.what())
        .toList();
  }

  @Test
  void anAutoscalerClaimsItsGroupsHoweverTheyAreNamed() {
    assertThat(
            effects(
                workload(
                    "cluster-autoscaler", "args: ['--nodes=1:10:web-asg', --cluster-name=shop]")))
        .containsExactly(
            "node-groups: autoscaling group web-asg", "node-groups: node groups of cluster shop");
  }

  @ParameterizedTest(name = "{0} is Karpenter: {1}")
  @CsvSource({
    "ecr.aws/karpenter/controller:1, true",
    "mirror/karpenter:1, true",
    "mirror/controller:1, false",
    "mirror/karpenter-tools/it:1, false"
  })
  void karpenterIsKnownByItsFolderOrItsName(String image, boolean is) {
    assertThat(effects(workload(image, "env: [{name: CLUSTER_NAME, value: shop}]")))
        .isEqualTo(is ? List.of("node-groups: Karpenter for cluster shop") : List.of());
  }

  @Test
  void aVariableWithoutAValueIsNotSet() {
    assertThat(effects(workload("karpenter", "env: [{name: INTERRUPTION_QUEUE, value: ''}]")))
        .isEmpty();
    assertThat(effects(workload("external-dns", "env: [{name: EXTERNAL_DNS_POLICY}]")))
        .containsExactly(
            "dns-owner: external-dns owner id default",
            "dns-deletes: external-dns deletes records in every zone");
  }

  @Test
  void nodesAreSelectedByAnInstanceProfileAndByTagsOfACluster() {
    // Given
    String profile = "instanceProfile: nodes, ";
    String tags = "securityGroupSelector: {kubernetes.io/cluster/shop: owned, team: web}";

    // Then
    assertThat(effects(object("karpenter.k8s.aws/v1alpha1", "AWSNodeTemplate", "{" + tags + "}")))
        .containsExactly(
            "node-discovery: security groups with tag kubernetes.io/cluster/shop=owned");
    assertThat(effects(object("karpenter.k8s.aws/v1", "EC2NodeClass", "{" + profile + tags + "}")))
        .hasSize(2)
        .contains("node-discovery: instance profile nodes");
  }

  @ParameterizedTest
  @CsvSource({
    "aws.upbound.io/v1beta1, ProviderConfig",
    "aws.m.upbound.io/v1beta1, ClusterProviderConfig",
    "aws.upbound.io/v1beta1, ProviderConfigUsage",
    "aws.crossplane.io/v1beta1, StoreConfig",
    "velero.io/v1, VolumeSnapshotLocation",
    "example.com/v1, Schedule",
    "batch.example.com/v1, CronWorkflows"
  })
  void whatOnlyLooksLikeItDoesNothing(String apiVersion, String kind) {
    assertThat(effects(object(apiVersion, kind, "{schedule: '@daily'}"))).isEmpty();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "rabbitmq | metadata: {queueName: orders} | is scaled by rabbitmq of orders",
        "aws-kinesis-stream | metadata: {streamName: clicks} | is scaled by aws-kinesis-stream of clicks",
        "redis | metadata: {} | is scaled by redis"
      })
  void aScalerNamesItsQueue(String type, String metadata, String words) {
    assertThat(
            effects(
                object(
                    "keda.sh/v1alpha1",
                    "ScaledObject",
                    "{triggers: [{type: %s, %s}]}".formatted(type, metadata))))
        .containsExactly("queue-consumer: " + words);
  }

  @Test
  void aScaledJobStartsJobsByWhateverTriggersIt() {
    assertThat(effects(object("keda.sh/v1alpha1", "ScaledJob", "{triggers: [{type: postgresql}]}")))
        .containsExactly("queue-consumer: starts jobs by postgresql");
  }

  @Test
  void aQueueMayStandInArgumentsOrInAKeyOfAConfigMap() {
    // Given
    String queue = "https://sqs.eu-west-1.amazonaws.com/1/mail";
    String settings =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: web}
        data: {mail: "%s"}
        """
            .formatted(queue);
    String variable = "env: [{name: Q, valueFrom: {configMapKeyRef: {name: settings, key: mail}}}]";

    // Then
    assertThat(effects(workload("worker", "args: ['--queue=" + queue + "']")))
        .containsExactly("queue-consumer: may take work from " + queue);
    assertThat(effects(workload("worker", variable), settings))
        .containsExactly("queue-consumer: may take work from " + queue);
  }

  @ParameterizedTest
  @CsvSource({"HTTPRoute", "GRPCRoute", "TLSRoute"})
  void namesOfGatewayRoutesArePublishedByExternalDnsOnly(String kind) {
    // Given
    String route =
        object("gateway.networking.k8s.io/v1", kind, "{hostnames: [a.example.com, ' ']}");

    // Then
    assertThat(effects(route)).isEmpty();
    assertThat(effects(route, DNS)).contains("dns-name: DNS name a.example.com").hasSize(2);
  }

  @Test
  void aMovedNameIsARoutesOnlyWhereExternalDnsWouldWriteIt() {
    // Given
    String named = annotated("external-dns.alpha.kubernetes.io/hostname: 'moved.example.com,,'");

    // Then
    assertThat(effects(named)).containsExactly("dns-name: DNS name moved.example.com");
    assertThat(effects(named, DNS))
        .contains("route-name: DNS name moved.example.com belongs to a route")
        .hasSize(2);
  }

  @ParameterizedTest(name = "controller {0}: {1}")
  @CsvSource({"dns-controller, 1", "hikkoshi, 0"})
  void anObjectOfAnotherControllerIsLeftAlone(String controller, int effects) {
    assertThat(
            effects(
                annotated(
                    "external-dns.alpha.kubernetes.io/hostname: a.example.com, "
                        + "external-dns.alpha.kubernetes.io/controller: "
                        + controller)))
        .hasSize(effects);
  }

  @Test
  void loadBalancersAreClaimedByConfigurationsAndGroupsByName() {
    assertThat(
            effects(
                object(
                    "gateway.k8s.aws/v1beta1",
                    "LoadBalancerConfiguration",
                    "{loadBalancerName: shop}")))
        .containsExactly("load-balancer-name: load balancer shop");
    assertThat(
            effects(
                object("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", "{targetGroupName: shop}")))
        .containsExactly("target-group: target group shop");
    assertThat(
            effects(
                annotated(
                    "service.beta.kubernetes.io/aws-load-balancer-eip-allocations: 'eip-1, ,'")))
        .containsExactly("address: elastic IP address eip-1");
  }

  @Test
  void aWorkflowRunsAtItsTimeToo() {
    assertThat(effects(object("argoproj.io/v1alpha1", "CronWorkflow", "{schedule: '@daily'}")))
        .containsExactly("schedule: runs in both clusters at @daily");
  }

  @Test
  void aVolumeIsNamedByItsHandleOrByItself() {
    assertThat(effects(object("v1", "PersistentVolume", "{csi: {volumeHandle: vol-1}}")))
        .containsExactly("storage: volume vol-1");
    assertThat(effects(object("v1", "PersistentVolume", "{}")))
        .containsExactly("storage: volume it");
  }

  @ParameterizedTest
  @CsvSource({"Prometheus", "PrometheusAgent"})
  void whoReportsUnderTheNameOfAClusterClaimsIt(String kind) {
    assertThat(
            effects(object("monitoring.coreos.com/v1", kind, "{externalLabels: {cluster: shop}}")))
        .containsExactly("telemetry: reports as cluster shop");
    assertThat(effects(object("example.com/v1", "Other", "{externalLabels: {cluster: shop}}")))
        .isEmpty();
  }

  @ParameterizedTest(name = "a Service that selects {0}: unreached {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{app: it} | false",
        "{app: it, tier: web} | true",
        "{app: other} | true",
        "{} | true"
      })
  void aWorkloadIsReachedWhereAServiceSelectsItsPods(String selector, boolean unreached) {
    // Given
    String deployment =
        object(
            "apps/v1",
            "Deployment",
            "{template: {metadata: {labels: {app: it}}, spec: {containers: [{image: it}]}}}");

    // When
    List<String> found =
        effects(deployment, object("v1", "Service", "{selector: %s}".formatted(selector)));

    // Then
    assertThat(found)
        .isEqualTo(
            unreached ? List.of("unreached-workload: no Service selects its pods") : List.of());
  }

  @Test
  void aWorkloadOfWhichMoreIsKnownIsNotCalledUnreachedToo() {
    assertThat(
            effects(
                object(
                    "apps/v1",
                    "Deployment",
                    "{template: {spec: {containers: [{image: worker, env: [{name: KAFKA_TOPIC,"
                        + " value: orders}]}]}}}")))
        .containsExactly("queue-consumer: may take work from KAFKA_TOPIC orders");
  }
}
