package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.Belongings;
import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.stage.Overlay;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.record.MoveRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/**
 * The harm that rule 0 prevents, done: with the rule switched off a second cluster is filled while
 * all weight is still on the first, and what serves is damaged all the same.
 */
final class RuleZeroProof implements Proof {

  private static final String NAME = "shop." + Belongings.ZONE;
  private static final String VPC = "vpc-0a1b2c3d4e5f60001";
  private static final String JOBS = "/apis/batch/v1/namespaces/web/jobs";

  private static final String EXTERNAL_DNS =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: external-dns}
      spec:
        selector: {matchLabels: {app: external-dns}}
        template:
          metadata: {labels: {app: external-dns}}
          spec:
            containers:
              - name: external-dns
                image: registry.k8s.io/external-dns/external-dns:v0.20.0
                args: [--source=ingress, --policy=sync, --txt-owner-id=shop]
      """;

  private static final String INGRESS =
      """
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata:
        name: shop
        annotations:
          alb.ingress.kubernetes.io/scheme: internet-facing
          alb.ingress.kubernetes.io/target-type: ip
      spec:
        ingressClassName: alb
        rules:
          - host: shop.example.com
            http:
              paths:
                - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
      """;

  private static final String BINDING =
      """
      apiVersion: elbv2.k8s.aws/v1beta1
      kind: TargetGroupBinding
      metadata: {name: legacy}
      spec:
        serviceRef: {name: web, port: 80}
        targetGroupARN: %s
        targetType: ip
      """;

  private static final String CLOSE_DAY =
      """
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: close-day}
      spec:
        schedule: "* * * * *"
        jobTemplate:
          spec:
            template:
              spec:
                restartPolicy: Never
                containers: [{name: close, image: "registry.example.com/close:1"}]
      """;

  @Override
  public List<String> alteration() {
    return List.of("without", "rule-zero");
  }

  @Override
  public String on(Ground ground) {
    ground.serve(Overlay.twoSteps());
    String group = group(ground.region());
    ground.merged(
        ground.repository().change("What reaches outside", root -> reachOut(root, group)));
    String first = ground.move().to();
    try (PlayedExternalDns dns = new PlayedExternalDns(ground.region());
        Inside old = ground.inside(first)) {
      ground.await(
          "the name to be published by external-dns of " + first,
          () -> {
            dns.round(old);
            return dns.target(NAME).isPresent();
          });
      String home = dns.target(NAME).orElseThrow();
      ground.say("seen", NAME + " points at the load balancer of " + first);
      ground.merged(ground.repository().upgrade("1.36", "1.37"));
      ground.await("a move", () -> !ground.move().to().equals(first));
      return harm(ground, dns, old, home, group);
    }
  }

  private static String harm(
      Ground ground, PlayedExternalDns dns, Inside old, String home, String group) {
    String second = ground.move().to();
    ground.await(
        second + " to be filled", () -> filled(ground.move()) || !stillHome(ground.move()));
    List<String> done = new ArrayList<>();
    try (Inside next = ground.inside(second)) {
      ground.await(
          "external-dns of " + second + " to take the record",
          () -> {
            dns.round(old);
            dns.round(next);
            return dns.target(NAME).filter(home::equals).isEmpty();
          });
      Ground.require(stillHome(ground.move()), "the new cluster had weight already");
      done.add("external-dns took the record");
      ground.say("harm", NAME + " does not point at " + old.name() + " any more");
      ground.await(
          "the pods of one cluster to be taken out",
          () -> !deregistering(ground.region(), group).isEmpty());
      // Controllers look again when pods change, which a plain commit does in both clusters.
      ground.merged(ground.repository().change("Another greeting", Text.greeting("Come in")));
      ground.await("both to deregister", () -> deregistering(ground.region(), group).size() == 2);
      done.add("two bindings deregistered each other's pods");
      ground.say("harm", "both took targets out of " + group);
      ground.await("one minute's job in both", () -> !twice(old, next).isEmpty());
      done.add("a CronJob ran twice");
      ground.say("harm", twice(old, next) + " ran in both clusters");
    }
    return String.join(", ", done);
  }

  /** Releases are being synced into the new cluster. */
  private static boolean filled(MoveRecord move) {
    return !(move.phase() instanceof MovePhase.Building);
  }

  /** Nothing of the traffic was given to the new cluster yet. */
  private static boolean stillHome(MoveRecord move) {
    return switch (move.phase()) {
      case MovePhase.Building _, MovePhase.Syncing _, MovePhase.Attached _, MovePhase.Warm _ ->
          true;
      case MovePhase.Stepping _,
          MovePhase.Soak _,
          MovePhase.Drain _,
          MovePhase.Retiring _,
          MovePhase.Gone _,
          MovePhase.Returning _,
          MovePhase.Returned _ ->
          false;
    };
  }

  /** Who took targets out of the group. */
  private static Set<String> deregistering(LocalRegion region, String group) {
    // The rest of an ARN may be written in an encoded form.
    String id = group.substring(group.lastIndexOf('/') + 1);
    Set<String> callers = new TreeSet<>();
    for (JsonNode call : region.calls("DeregisterTargets")) {
      if (call.path("parameters").asText().contains(id)) {
        callers.add(call.path("principal").asText());
      }
    }
    return callers;
  }

  /** Jobs of a CronJob are named after their minute, so equal names ran twice. */
  private static Set<String> twice(Inside one, Inside other) {
    Set<String> both = new TreeSet<>(one.names(JOBS));
    both.retainAll(other.names(JOBS));
    return both;
  }

  private static void reachOut(Path root, String group) throws IOException {
    Path templates = root.resolve("shop/charts/web/templates");
    Files.writeString(templates.resolve("external-dns.yaml"), EXTERNAL_DNS);
    Files.writeString(templates.resolve("shop-ingress.yaml"), INGRESS);
    Files.writeString(templates.resolve("legacy.yaml"), BINDING.formatted(group));
    Files.writeString(templates.resolve("close-day.yaml"), CLOSE_DAY);
  }

  /** A target group that somebody made by hand long ago. */
  private static String group(LocalRegion region) {
    try (ProfileCredentialsProvider operator = Belongings.operator(region);
        ElasticLoadBalancingV2Client elb =
            ElasticLoadBalancingV2Client.builder()
                .credentialsProvider(operator)
                .region(Region.AP_NORTHEAST_1)
                .endpointOverride(region.endpoint())
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
      return elb
          .createTargetGroup(
              r ->
                  r.name("legacy")
                      .protocol(ProtocolEnum.HTTP)
                      .port(80)
                      .vpcId(VPC)
                      .targetType(TargetTypeEnum.IP))
          .targetGroups()
          .stream()
          .findFirst()
          .map(g -> g.targetGroupArn())
          .orElseThrow(() -> new DemoException("the target group was not made"));
    }
  }
}
