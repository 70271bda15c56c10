package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.Belongings;
import dev.hikkoshi.demo.stage.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A team that runs a cluster without Hikkoshi, with the tools that such teams have: the AWS command
 * line, helm, helmfile, kubectl, and external-dns that marked a record as its own.
 */
final class LegacyTeam {

  /** Its cluster. */
  static final String CLUSTER = "legacy";

  static final String WEB = "www.example.com";
  static final String API = "api.example.com";

  private static final String ACCOUNT = "arn:aws:iam::111122223333:role/";
  private static final String SUBNETS = "subnet-0a1b2c3d4e5f60003 subnet-0a1b2c3d4e5f60004";
  private static final String MARK =
      "\\\"heritage=external-dns,external-dns/owner=legacy-dns,external-dns/resource=ingress/web/web\\\"";

  private final Ground ground;
  private final AwsHand aws;
  private final HandTools tools;

  LegacyTeam(Ground ground, AwsHand aws, HandTools tools) {
    this.ground = ground;
    this.aws = aws;
    this.tools = tools;
  }

  /** A cluster as it is made by hand, which Hikkoshi's role may enter. */
  void build() {
    aws.type(
        "aws eks create-cluster --name %s --kubernetes-version 1.36 --role-arn %seks-cluster --resources-vpc-config subnetIds=%s,endpointPrivateAccess=true --access-config authenticationMode=API --tags team=shop"
            .formatted(CLUSTER, ACCOUNT, SUBNETS.replace(' ', ',')));
    await("cluster", "cluster --name " + CLUSTER);
    aws.type(
        "aws eks create-nodegroup --cluster-name %s --nodegroup-name apps --node-role %seks-node --subnets %s --instance-types m7i.large --scaling-config minSize=3,maxSize=6,desiredSize=3"
            .formatted(CLUSTER, ACCOUNT, SUBNETS));
    for (String addon : List.of("vpc-cni", "kube-proxy", "coredns")) {
      aws.type("aws eks create-addon --cluster-name %s --addon-name %s".formatted(CLUSTER, addon));
    }
    entry("create", "observe");
    await("nodegroup", "nodegroup --cluster-name %s --nodegroup-name apps".formatted(CLUSTER));
  }

  /**
   * The published rights of one mode are all that Hikkoshi may do in this cluster.
   *
   * @param mode whose rights take the place of those it had
   */
  void allow(String mode) {
    entry("update", mode);
  }

  private void entry(String verb, String mode) {
    aws.type(
        "aws eks %s-access-entry --cluster-name %s --principal-arn %shikkoshi --kubernetes-groups hikkoshi:%s"
            .formatted(verb, CLUSTER, ACCOUNT, mode));
  }

  /** What those groups may do, from the files that are published. */
  private void roles(Inside cluster) {
    Path rights = ground.folders().checkout().resolve("deploy/rbac");
    for (String mode : List.of("observe", "plan", "act")) {
      tools.kubectl(cluster, "apply", "-f", rights.resolve("cluster-" + mode + ".yaml").toString());
    }
  }

  private void await(String what, String which) {
    Waiting.until(
        what + " of the team",
        Ground.LIMIT,
        () ->
            aws.type("aws eks describe-%s --query %s.status --output text".formatted(which, what))
                .strip()
                .equals("ACTIVE"));
  }

  /**
   * The pages by helm as version 3 applied them, on the client's side; the API by helmfile.
   *
   * @param shop the team's folder with the helmfile
   */
  void install(Path shop) {
    Inside cluster = ground.inside(CLUSTER);
    roles(cluster);
    Path values = shop.resolveSibling("web-by-hand.yaml");
    try {
      Files.writeString(
          values,
          """
          replicas: 3
          image: {repository: sandbox.hikkoshi.dev/http, tag: "2026.11.0"}
          clusterName: %s
          greeting: "Welcome to the shop (production)"
          """
              .formatted(CLUSTER));
      tools.helm(
          cluster,
          "install",
          "web",
          shop.resolve("charts/web").toString(),
          "--namespace=web",
          "--create-namespace",
          "--server-side=false",
          "--values=" + values);
      Files.delete(values);
    } catch (IOException e) {
      throw new DemoException("cannot write the values: " + e.getMessage(), e);
    }
    tools.helmfile(
        cluster,
        "--file=" + shop.resolve("helmfile.yaml"),
        "--environment=production",
        "--selector=name=api",
        "--state-values-set=clusterName=" + CLUSTER,
        "sync");
    Waiting.until("the team's pods", Ground.LIMIT, () -> runs(cluster));
  }

  private static boolean runs(Inside cluster) {
    return cluster.rolledOut("web", "web") && cluster.rolledOut("api", "api");
  }

  /** A simple alias record, and what external-dns would have written beside it. */
  void publish() {
    Inside cluster = ground.inside(CLUSTER);
    Waiting.until("the Ingress' address", Ground.LIMIT, () -> !address(cluster).isEmpty());
    String address = address(cluster);
    String target =
        aws.type(
                "aws elbv2 describe-load-balancers --query \"LoadBalancers[?DNSName=='%s'].CanonicalHostedZoneId\" --output text"
                    .formatted(address))
            .strip();
    change(
        "CREATE",
        "\"Type\":\"A\",\"Name\":\"%s\",\"AliasTarget\":{\"HostedZoneId\":\"%s\",\"DNSName\":\"dualstack.%s\",\"EvaluateTargetHealth\":false}"
            .formatted(WEB, target, address));
    change("CREATE", mark());
  }

  private static String address(Inside cluster) {
    return cluster
        .find("/apis/networking.k8s.io/v1/namespaces/web/ingresses/web")
        .map(o -> o.at("/status/loadBalancer/ingress/0/hostname").asText())
        .orElse("")
        .toLowerCase(Locale.ROOT);
  }

  /** external-dns lets go: its mark is taken away, the record stays. */
  void letGo() {
    change("DELETE", mark());
  }

  private static String mark() {
    return "\"Type\":\"TXT\",\"Name\":\"cname-%s\",\"TTL\":300,\"ResourceRecords\":[{\"Value\":\"%s\"}]"
        .formatted(WEB, MARK);
  }

  private void change(String action, String set) {
    aws.type(
        "aws route53 change-resource-record-sets --hosted-zone-id %s --change-batch '{\"Changes\":[{\"Action\":\"%s\",\"ResourceRecordSet\":{%s}}]}'"
            .formatted(zone(), action, set));
  }

  private String zone() {
    String id =
        aws.type(
                "aws route53 list-hosted-zones-by-name --dns-name %s --query 'HostedZones[0].Id' --output text"
                    .formatted(Belongings.ZONE))
            .strip();
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** A rule of the shared load balancer, its target group, and the binding that fills it. */
  void share() {
    String balancer =
        text(
            "aws elbv2 describe-load-balancers --names %s --query 'LoadBalancers[0].[LoadBalancerArn,VpcId]'"
                .formatted(Belongings.SHARED));
    String[] words = balancer.split("\\s+", -1);
    String group =
        text(
            "aws elbv2 create-target-group --name legacy-api --protocol HTTP --port 8080 --vpc-id %s --target-type ip --health-check-path /healthz --health-check-interval-seconds 5 --health-check-timeout-seconds 2 --healthy-threshold-count 2 --query 'TargetGroups[0].TargetGroupArn'"
                .formatted(words[1]));
    String listener =
        text(
            "aws elbv2 describe-listeners --load-balancer-arn %s --query 'Listeners[0].ListenerArn'"
                .formatted(words[0]));
    aws.type(
        "aws elbv2 create-rule --listener-arn %s --priority 10 --conditions Field=host-header,Values=%s --actions Type=forward,TargetGroupArn=%s"
            .formatted(listener, API, group));
    bind(group);
    Waiting.until(
        "healthy targets of the team's group",
        Ground.LIMIT,
        () ->
            text("aws elbv2 describe-target-health --target-group-arn %s --query 'TargetHealthDescriptions[?TargetHealth.State==`healthy`] | length(@)'"
                    .formatted(group))
                .equals("3"));
  }

  private String text(String command) {
    return aws.type(command + " --output text").strip();
  }

  private void bind(String group) {
    Path file = ground.folders().root().resolve("binding.yaml");
    try {
      Files.writeString(
          file,
          """
          apiVersion: elbv2.k8s.aws/v1beta1
          kind: TargetGroupBinding
          metadata: {name: legacy, namespace: api}
          spec:
            targetGroupARN: %s
            targetType: ip
            serviceRef: {name: api, port: 8080}
          """
              .formatted(group));
    } catch (IOException e) {
      throw new DemoException("cannot write " + file, e);
    }
    tools.kubectl(ground.inside(CLUSTER), "apply", "--filename=" + file);
  }
}
