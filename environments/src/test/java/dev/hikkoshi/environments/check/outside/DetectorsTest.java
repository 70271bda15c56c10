package dev.hikkoshi.environments.check.outside;

import static dev.hikkoshi.environments.check.outside.EffectKind.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One row for each thing that AWS users run: the object, the kind, and words of the effect. */
class DetectorsTest {

  private static Arguments row(EffectKind kind, String words, String yaml) {
    return Arguments.of(kind, words, yaml);
  }

  private static String pod(String name, String container) {
    return """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: %s, namespace: kube-system}
    spec:
      template:
        spec:
          containers:
            - %s
    """
        .formatted(name, container);
  }

  private static String object(String apiVersion, String kind, String rest) {
    return """
    apiVersion: %s
    kind: %s
    metadata: {name: it, namespace: web}
    %s
    """
        .formatted(apiVersion, kind, rest);
  }

  private static String annotated(String apiVersion, String kind, String annotation) {
    return """
    apiVersion: %s
    kind: %s
    metadata: {name: it, namespace: web, annotations: {%s}}
    """
        .formatted(apiVersion, kind, annotation);
  }

  static Stream<Arguments> dns() {
    String agent = "---\n" + pod("dns", "{image: external-dns, args: [--policy=upsert-only]}");
    return Stream.of(
        row(
            DNS_NAME,
            "DNS name b.example.com",
            annotated(
                "v1",
                "Service",
                "external-dns.alpha.kubernetes.io/hostname: 'a.example.com, B.example.com.'")),
        row(
            DNS_NAME,
            "DNS name www.example.com",
            object("networking.k8s.io/v1", "Ingress", "spec: {rules: [{host: www.example.com}]}")
                + agent),
        row(
            DNS_NAME,
            "DNS name api.example.com",
            object(
                "externaldns.k8s.io/v1alpha1",
                "DNSEndpoint",
                "spec: {endpoints: [{dnsName: api.example.com}]}")),
        row(
            DNS_NAME,
            "DNS name g.example.com",
            object(
                    "gateway.networking.k8s.io/v1",
                    "HTTPRoute",
                    "spec: {hostnames: [g.example.com]}")
                + agent),
        row(
            ROUTE_NAME,
            "moved.example.com belongs to a route",
            object("networking.k8s.io/v1", "Ingress", "spec: {rules: [{host: moved.example.com}]}")
                + agent),
        row(
            DNS_OWNER,
            "owner id default",
            pod("dns", "{image: 'k8s.gcr.io/external-dns:v1', args: [--policy, upsert-only]}")),
        row(
            DNS_OWNER,
            "owner id shop",
            pod(
                "dns",
                "{image: external-dns, env: [{name: EXTERNAL_DNS_TXT_OWNER_ID, value: shop}]}")),
        row(
            DNS_DELETES,
            "deletes records in example.com",
            pod("dns", "{image: external-dns, args: [--domain-filter=example.com]}")),
        row(
            DNS_UNOWNED,
            "without a registry",
            pod("dns", "{image: external-dns, args: [--registry=noop, --policy=upsert-only]}")));
  }

  static Stream<Arguments> balancersAndNodes() {
    return Stream.of(
        row(
            LOAD_BALANCER_NAME,
            "load balancer web",
            annotated(
                "networking.k8s.io/v1",
                "Ingress",
                "alb.ingress.kubernetes.io/load-balancer-name: web")),
        row(
            LOAD_BALANCER_NAME,
            "load balancer tcp",
            annotated("v1", "Service", "service.beta.kubernetes.io/aws-load-balancer-name: tcp")),
        row(
            INGRESS_GROUP,
            "Ingress group public",
            annotated(
                "networking.k8s.io/v1", "Ingress", "alb.ingress.kubernetes.io/group.name: public")),
        row(
            INGRESS_GROUP,
            "Ingress group all",
            object("elbv2.k8s.aws/v1beta1", "IngressClassParams", "spec: {group: {name: all}}")),
        row(
            TARGET_GROUP,
            "target group arn:aws:tg",
            object(
                "elbv2.k8s.aws/v1beta1",
                "TargetGroupBinding",
                "spec: {targetGroupARN: 'arn:aws:tg'}")),
        row(
            ADDRESS,
            "eipalloc-2",
            annotated(
                "v1",
                "Service",
                "service.beta.kubernetes.io/aws-load-balancer-eip-allocations:"
                    + " 'eipalloc-1, eipalloc-2'")),
        row(
            CONTROLLER_IDENTITY,
            "for cluster shop",
            pod(
                "lbc",
                "{image: 'public.ecr.aws/eks/aws-load-balancer-controller:v2.14',"
                    + " args: [--cluster-name=shop]}")),
        row(
            NODE_GROUPS,
            "k8s.io/cluster-autoscaler/enabled",
            pod(
                "ca",
                "{image: 'registry.k8s.io/autoscaling/cluster-autoscaler:v1.34.0', command:"
                    + " [./cluster-autoscaler,"
                    + " '--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled']}")),
        row(
            NODE_GROUPS,
            "Karpenter for cluster shop",
            pod(
                "karpenter",
                "{image: 'public.ecr.aws/karpenter/controller:1.8.0@sha256:0',"
                    + " env: [{name: CLUSTER_NAME, value: shop}]}")),
        row(
            INTERRUPTION_QUEUE,
            "interruption queue shop",
            pod(
                "karpenter",
                "{image: 'public.ecr.aws/karpenter/controller:1.8.0',"
                    + " env: [{name: INTERRUPTION_QUEUE, value: shop}]}")),
        row(
            NODE_DISCOVERY,
            "karpenter.sh/discovery=shop",
            object(
                "karpenter.k8s.aws/v1",
                "EC2NodeClass",
                "spec: {securityGroupSelectorTerms: [{tags: {karpenter.sh/discovery: shop}}]}")));
  }

  static Stream<Arguments> work() {
    return Stream.of(
        row(SCHEDULE, "at 0 1 * * *", object("batch/v1", "CronJob", "spec: {schedule: 0 1 * * *}")),
        row(
            SCHEDULE,
            "at @daily",
            object("velero.io/v1", "Schedule", "spec: {schedule: '@daily'}")),
        row(ONE_TIME_JOB, "runs again", object("batch/v1", "Job", "spec: {}")),
        row(
            INSTALL_HOOK,
            "runs at pre-install, pre-upgrade",
            annotated("batch/v1", "Job", "helm.sh/hook: 'pre-install,pre-upgrade'")),
        row(
            QUEUE_CONSUMER,
            "aws-sqs-queue of https://sqs",
            object(
                "keda.sh/v1alpha1",
                "ScaledObject",
                "spec: {triggers: [{type: aws-sqs-queue, metadata: {queueURL:"
                    + " 'https://sqs.eu-west-1.amazonaws.com/1/q'}}]}")),
        row(
            QUEUE_CONSUMER,
            "kafka of orders",
            object(
                "keda.sh/v1alpha1",
                "ScaledJob",
                "spec: {triggers: [{type: kafka, metadata: {topic: orders}}]}")),
        row(
            SCHEDULE,
            "by the clock",
            object("keda.sh/v1alpha1", "ScaledObject", "spec: {triggers: [{type: cron}]}")),
        row(
            QUEUE_CONSUMER,
            "may take work from https://sqs.ap-northeast-1.amazonaws.com/1/mail",
            pod(
                "worker",
                "{image: worker, env: [{name: QUEUE, value:"
                    + " 'https://sqs.ap-northeast-1.amazonaws.com/1/mail'}]}")),
        row(
            QUEUE_CONSUMER,
            "KAFKA_BOOTSTRAP_SERVERS b-1:9092",
            pod("worker", "{image: worker, envFrom: [{configMapRef: {name: settings}}]}")
                + "---\n"
                + """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: kube-system}
                data: {KAFKA_BOOTSTRAP_SERVERS: "b-1:9092"}
                """),
        row(
            QUEUE_CONSUMER,
            "takes records",
            object("kafka.strimzi.io/v1beta2", "KafkaConnector", "spec: {}")),
        row(UNREACHED, "no Service selects", pod("singleton", "{image: leader}")));
  }

  static Stream<Arguments> others() {
    return Stream.of(
        row(
            CERTIFICATE,
            "HTTP-01",
            object(
                "cert-manager.io/v1",
                "ClusterIssuer",
                "spec: {acme: {solvers: [{http01: {ingress: {}}}]}}")),
        row(
            CERTIFICATE,
            "DNS-01 challenges in zone Z1",
            object(
                "cert-manager.io/v1",
                "Issuer",
                "spec: {acme: {solvers: [{dns01: {route53: {hostedZoneID: Z1}}}]}}")),
        row(
            CLOUD_RESOURCE,
            "Bucket invoices in AWS",
            object("s3.services.k8s.aws/v1alpha1", "Bucket", "spec: {name: invoices}")),
        row(
            CLOUD_RESOURCE,
            "Queue orders in AWS",
            annotated(
                "sqs.aws.upbound.io/v1beta1", "Queue", "crossplane.io/external-name: orders")),
        row(
            GITOPS_AGENT,
            "Application is applied",
            object("argoproj.io/v1alpha1", "Application", "spec: {}")),
        row(
            GITOPS_AGENT,
            "argocd runs beside",
            pod("argocd", "{image: 'quay.io/argoproj/argocd:v3.2.0'}")),
        row(
            GITOPS_AGENT,
            "Kustomization",
            object("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "spec: {}")),
        row(
            STORAGE,
            "a volume of 8Gi",
            object("v1", "PersistentVolumeClaim", "spec: {resources: {requests: {storage: 8Gi}}}")),
        row(
            STORAGE,
            "volumes data",
            object(
                "apps/v1",
                "StatefulSet",
                "spec: {volumeClaimTemplates: [{metadata: {name: data}}]}")),
        row(STORAGE, "Kafka keeps", object("kafka.strimzi.io/v1beta2", "Kafka", "spec: {}")),
        row(
            BACKUP_TARGET,
            "backups in b/p",
            object(
                "velero.io/v1",
                "BackupStorageLocation",
                "spec: {objectStorage: {bucket: b, prefix: p}}")),
        row(
            REMOTE_WRITE,
            "secret prod/db outside",
            object(
                "external-secrets.io/v1alpha1",
                "PushSecret",
                "spec: {data: [{match: {remoteRef: {remoteKey: prod/db}}}]}")),
        row(
            TELEMETRY,
            "as cluster shop",
            pod("datadog", "{image: agent, env: [{name: DD_CLUSTER_NAME, value: shop}]}")));
  }

  static Stream<Arguments> rows() {
    return Stream.of(dns(), balancersAndNodes(), work(), others()).flatMap(s -> s);
  }

  private static List<Finding> findings(String yaml) {
    Rendering here = Rendered.of(yaml);
    return RuleZero.findings(here, Map.of("old", here), Set.of("moved.example.com"), List.of());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rows")
  void isFound(EffectKind kind, String words, String yaml) {
    assertThat(findings(yaml))
        .anySatisfy(
            f -> {
              assertThat(f.kind()).isEqualTo(kind);
              assertThat(f.effect()).contains(words);
            });
  }

  @Test
  void everyKindHasARow() {
    Set<EffectKind> seen = EnumSet.noneOf(EffectKind.class);
    rows().forEach(row -> seen.add((EffectKind) row.get()[0]));
    assertThat(seen).containsExactlyInAnyOrderElementsOf(Arrays.asList(EffectKind.values()));
  }

  static Stream<Arguments> innocent() {
    return Stream.of(
        Arguments.of(
            "an Ingress without external-dns",
            object("networking.k8s.io/v1", "Ingress", "spec: {rules: [{host: www.example.com}]}")),
        Arguments.of(
            "an Ingress that external-dns is told to leave",
            """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: it
              namespace: web
              annotations: {external-dns.alpha.kubernetes.io/controller: hikkoshi}
            spec: {rules: [{host: moved.example.com}]}
            ---
            """
                + pod("dns", "{image: external-dns, args: [--policy=upsert-only, --registry=txt]}")
                    .replace("external-dns,", "'external-dns@sha256:1',")),
        Arguments.of(
            "a CronJob that its chart suspends",
            object("batch/v1", "CronJob", "spec: {schedule: 0 1 * * *, suspend: true}")),
        Arguments.of(
            "a binding for several clusters",
            object(
                "elbv2.k8s.aws/v1beta1",
                "TargetGroupBinding",
                "spec: {targetGroupARN: a, multiClusterTargetGroup: true}")),
        Arguments.of(
            "a StatefulSet without volumes behind a Service",
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: it, namespace: web}
            spec: {template: {metadata: {labels: {app: it}}, spec: {containers: [{image: it}]}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: it, namespace: web}
            spec: {selector: {app: it}}
            """),
        Arguments.of(
            "a workload of no replicas",
            pod("off", "{image: leader}")
                .replace("spec:\n  template", "spec:\n  replicas: 0\n  template")),
        Arguments.of("a workload of its own cluster", pod("dns", "{image: 'k8s/coredns:1.12'}")),
        Arguments.of(
            "a scaler by CPU",
            object("keda.sh/v1alpha1", "ScaledObject", "spec: {triggers: [{type: cpu}]}")),
        Arguments.of(
            "a provider's configuration",
            object("aws.upbound.io/v1beta1", "ProviderConfig", "spec: {}")),
        Arguments.of(
            "shapes that nobody expects",
            object("apps/v1", "Deployment", "spec: {template: [1], replicas: {}}")
                + "---\n"
                + object("v1", "Service", "spec: text")
                + "---\n"
                + object("networking.k8s.io/v1", "Ingress", "spec: {rules: {a: b}}")
                + "---\n"
                + object("keda.sh/v1alpha1", "ScaledObject", "spec: {triggers: [1, null]}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("innocent")
  void isNotFound(String what, String yaml) {
    List<Finding> found =
        findings(yaml).stream().filter(f -> f.kind() != EffectKind.DNS_OWNER).toList();
    assertThat(found).as(what).isEmpty();
  }
}
