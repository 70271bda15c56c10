package dev.hikkoshi.cli;

import static org.awaitility.Awaitility.await;

import dev.hikkoshi.sandbox.Sandbox;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.eks.model.ClusterStatus;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * What a team has before Hikkoshi comes: a cluster made with the AWS SDK, releases made with helm,
 * a record that external-dns marked as its own, and a rule of a shared load balancer.
 */
final class LegacyCluster implements AutoCloseable {

  static final String NAME = "legacy";
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String NODE_ROLE = "arn:aws:iam::111122223333:role/eks-node";
  private static final List<String> SUBNETS =
      List.of("subnet-0a1b2c3d4e5f60003", "subnet-0a1b2c3d4e5f60004");

  private final Sandbox sandbox;
  private final Path charts;
  private final EksClient eks;
  private final Route53Client route53;
  private final ElasticLoadBalancingV2Client elb;

  LegacyCluster(Sandbox sandbox, Path charts) {
    this.sandbox = sandbox;
    this.charts = charts;
    this.eks = client(EksClient.builder());
    this.route53 = client(Route53Client.builder());
    this.elb = client(ElasticLoadBalancingV2Client.builder());
  }

  private <C, B extends AwsClientBuilder<B, C>> C client(B builder) {
    var key = sandbox.keys().operator();
    return builder
        .region(Region.AP_NORTHEAST_1)
        .endpointOverride(URI.create(sandbox.endpoint().toString()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key.accessKeyId(), key.secretKey())))
        .build();
  }

  /** EKS: a cluster without any tag of ours, a node group and an add-on. */
  void build() {
    eks.createCluster(
        r ->
            r.name(NAME)
                .version("1.36")
                .roleArn("arn:aws:iam::111122223333:role/eks-cluster")
                .resourcesVpcConfig(v -> v.subnetIds(SUBNETS).endpointPrivateAccess(true))
                .accessConfig(a -> a.authenticationMode("API"))
                .tags(Map.of("team", "shop", "alpha.eksctl.io/cluster-name", NAME)));
    await().atMost(LONG).until(() -> status() == ClusterStatus.ACTIVE);
    eks.createNodegroup(
        r ->
            r.clusterName(NAME)
                .nodegroupName("apps")
                .nodeRole(NODE_ROLE)
                .subnets(SUBNETS)
                .instanceTypes("m7i.large")
                .labels(Map.of("role", "apps"))
                .scalingConfig(s -> s.minSize(2).maxSize(4).desiredSize(2)));
    eks.createAddon(r -> r.clusterName(NAME).addonName("kube-proxy"));
    await()
        .atMost(LONG)
        .until(
            () ->
                eks.describeNodegroup(r -> r.clusterName(NAME).nodegroupName("apps"))
                        .nodegroup()
                        .status()
                    == NodegroupStatus.ACTIVE);
  }

  private ClusterStatus status() {
    return eks.describeCluster(r -> r.name(NAME)).cluster().status();
  }

  /** A release by the helm binary. */
  void install(String release, String chart, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .find(Tool.HELM.pinned())
            .toString());
    command.addAll(
        List.of("install", release, charts.resolve(chart).toString(), "--namespace", release));
    command.add("--create-namespace");
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", kubeconfig().toString());
    builder.environment().put("HOME", charts.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private Path kubeconfig() {
    return Path.of(sandbox.summary().at("/clusters/" + NAME + "/kubeconfig").asText());
  }

  /** A simple alias record to the Ingress' load balancer, and external-dns' mark beside it. */
  void publish(String name, String ingress) {
    String address = address(ingress);
    var balancer =
        elb.describeLoadBalancers().loadBalancers().stream()
            .filter(b -> b.dnsName().equalsIgnoreCase(address))
            .findFirst()
            .orElseThrow();
    String zone =
        route53
            .createHostedZone(r -> r.name("example.com").callerReference("legacy"))
            .hostedZone()
            .id();
    ResourceRecordSet alias =
        ResourceRecordSet.builder()
            .name(name)
            .type(RRType.A)
            .aliasTarget(
                a ->
                    a.hostedZoneId(balancer.canonicalHostedZoneId())
                        .dnsName(balancer.dnsName())
                        .evaluateTargetHealth(false))
            .build();
    ResourceRecordSet mark =
        ResourceRecordSet.builder()
            .name("cname-" + name)
            .type(RRType.TXT)
            .ttl(300L)
            .resourceRecords(
                r ->
                    r.value(
                        "\"heritage=external-dns,external-dns/owner=old-owner,external-dns/resource=ingress/web/web\""))
            .build();
    route53.changeResourceRecordSets(
        r ->
            r.hostedZoneId(zone).changeBatch(b -> b.changes(List.of(change(alias), change(mark)))));
  }

  private static Change change(ResourceRecordSet set) {
    return Change.builder().action(ChangeAction.CREATE).resourceRecordSet(set).build();
  }

  private String address(String ingress) {
    try (KubernetesClient kube = kube()) {
      return await()
          .atMost(LONG)
          .until(
              () -> {
                var found =
                    kube.network().v1().ingresses().inNamespace(ingress).withName(ingress).get();
                var entries = found.getStatus().getLoadBalancer().getIngress();
                return entries.isEmpty() ? "" : entries.getFirst().getHostname();
              },
              host -> !host.isEmpty());
    }
  }

  /** A load balancer of several teams with a rule, and the cluster's binding of its group. */
  void share(String host, String service) {
    var balancer =
        elb.createLoadBalancer(
                r ->
                    r.name("shared")
                        .subnets("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002")
                        .securityGroups("sg-0a1b2c3d4e5f60001"))
            .loadBalancers()
            .getFirst();
    String listener =
        elb.createListener(
                r ->
                    r.loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("HTTP")
                        .port(80)
                        .defaultActions(
                            a ->
                                a.type("fixed-response")
                                    .fixedResponseConfig(f -> f.statusCode("404"))))
            .listeners()
            .getFirst()
            .listenerArn();
    String group =
        elb.createTargetGroup(
                r ->
                    r.name("legacy-api")
                        .protocol("HTTP")
                        .port(8080)
                        .vpcId(balancer.vpcId())
                        .targetType("ip")
                        .healthCheckPath("/healthz"))
            .targetGroups()
            .getFirst()
            .targetGroupArn();
    elb.createRule(
        r ->
            r.listenerArn(listener)
                .priority(10)
                .conditions(c -> c.field("host-header").hostHeaderConfig(h -> h.values(host)))
                .actions(a -> a.type("forward").targetGroupArn(group)));
    bind(service, group);
  }

  private void bind(String service, String group) {
    String binding =
        """
        apiVersion: elbv2.k8s.aws/v1beta1
        kind: TargetGroupBinding
        metadata: {name: legacy, namespace: %1$s}
        spec:
          targetGroupARN: %2$s
          targetType: ip
          serviceRef: {name: %1$s, port: http}
        """
            .formatted(service, group);
    inside(kube -> kube.resource(binding).create());
  }

  private void inside(Consumer<KubernetesClient> work) {
    try (KubernetesClient kube = kube()) {
      work.accept(kube);
    }
  }

  private KubernetesClient kube() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig().toFile()))
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }

  @Override
  public void close() {
    eks.close();
    route53.close();
    elb.close();
  }
}
