package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.Belongings;
import dev.hikkoshi.demo.stage.LocalRegion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * external-dns as far as this proof needs it: its source is Ingresses with a label, its registry is
 * TXT, and it does in a cluster what the Deployment there says by its arguments. With policy {@code
 * sync} it deletes what its owner id owns and its own cluster does not ask for.
 */
final class PlayedExternalDns implements AutoCloseable {

  private static final String DEPLOYMENT = "/apis/apps/v1/namespaces/web/deployments/external-dns";
  private static final String INGRESS = "/apis/networking.k8s.io/v1/namespaces/web/ingresses/shop";
  private static final String ZONE = Belongings.ZONE + ".";
  private static final long TTL = 300;

  private final ProfileCredentialsProvider operator;
  private final Route53Client route53;
  private final ElasticLoadBalancingV2Client elb;

  PlayedExternalDns(LocalRegion region) {
    operator = Belongings.operator(region);
    route53 =
        Route53Client.builder()
            .credentialsProvider(operator)
            .region(Region.AP_NORTHEAST_1)
            .endpointOverride(region.endpoint())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    elb =
        ElasticLoadBalancingV2Client.builder()
            .credentialsProvider(operator)
            .region(Region.AP_NORTHEAST_1)
            .endpointOverride(region.endpoint())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
  }

  /** The load balancer that a name points at; empty when there is no record. */
  Optional<String> target(String name) {
    return records().stream()
        .filter(r -> r.name().equals(name + ".") && r.type() == RRType.A)
        .map(r -> plain(r.aliasTarget().dnsName()))
        .findFirst();
  }

  /** One round in a cluster; nothing where it is not installed or does not run. */
  void round(Inside cluster) {
    Optional<ObjectNode> deployment = cluster.find(DEPLOYMENT);
    if (deployment.isEmpty() || deployment.get().at("/status/availableReplicas").asInt() == 0) {
      return;
    }
    String owner = flag(deployment.get(), "--txt-owner-id=").orElse("default");
    boolean sync = flag(deployment.get(), "--policy=").orElse("sync").equals("sync");
    List<ResourceRecordSet> all = records();
    Map<String, String> wanted = wanted(cluster);
    List<Change> changes = new ArrayList<>();
    wanted.forEach((name, balancer) -> publish(all, name, balancer, owner, changes));
    if (sync) {
      for (ResourceRecordSet record : all) {
        boolean ours = record.type() == RRType.A && owned(all, plain(record.name()), owner);
        if (ours && !wanted.containsKey(plain(record.name()))) {
          changes.add(change(ChangeAction.DELETE, record));
          changes.add(change(ChangeAction.DELETE, registry(plain(record.name()), owner)));
        }
      }
    }
    if (!changes.isEmpty()) {
      route53.changeResourceRecordSets(
          r -> r.hostedZoneId(zone()).changeBatch(b -> b.changes(changes)));
    }
  }

  private void publish(
      List<ResourceRecordSet> all,
      String name,
      String balancer,
      String owner,
      List<Change> changes) {
    Optional<ResourceRecordSet> there =
        all.stream().filter(r -> r.type() == RRType.A && plain(r.name()).equals(name)).findFirst();
    boolean foreign = there.isPresent() && !owned(all, name, owner);
    boolean same = there.filter(r -> plain(r.aliasTarget().dnsName()).equals(balancer)).isPresent();
    if (!foreign && !same) {
      changes.add(change(ChangeAction.UPSERT, alias(name, balancer)));
      changes.add(change(ChangeAction.UPSERT, registry(name, owner)));
    }
  }

  private static Map<String, String> wanted(Inside cluster) {
    Map<String, String> wanted = new HashMap<>();
    cluster
        .find(INGRESS)
        .ifPresent(
            ingress -> {
              String balancer = ingress.at("/status/loadBalancer/ingress/0/hostname").asText();
              for (JsonNode rule : ingress.at("/spec/rules")) {
                if (!balancer.isEmpty()) {
                  wanted.put(rule.path("host").asText(), plain(balancer));
                }
              }
            });
    return wanted;
  }

  private static Optional<String> flag(ObjectNode deployment, String flag) {
    for (JsonNode argument : deployment.at("/spec/template/spec/containers/0/args")) {
      if (argument.asText().startsWith(flag)) {
        return Optional.of(argument.asText().substring(flag.length()));
      }
    }
    return Optional.empty();
  }

  private static boolean owned(List<ResourceRecordSet> all, String name, String owner) {
    return all.stream()
        .filter(r -> r.type() == RRType.TXT && plain(r.name()).equals("a-" + name))
        .flatMap(r -> r.resourceRecords().stream())
        .anyMatch(v -> v.value().contains("external-dns/owner=" + owner + ","));
  }

  private ResourceRecordSet alias(String name, String balancer) {
    LoadBalancer found =
        elb.describeLoadBalancers().loadBalancers().stream()
            .filter(b -> plain(b.dnsName()).equals(balancer))
            .findFirst()
            .orElseThrow(() -> new DemoException("no load balancer " + balancer));
    return ResourceRecordSet.builder()
        .name(name)
        .type(RRType.A)
        .aliasTarget(
            a ->
                a.hostedZoneId(found.canonicalHostedZoneId())
                    .dnsName(found.dnsName())
                    .evaluateTargetHealth(false))
        .build();
  }

  private static ResourceRecordSet registry(String name, String owner) {
    String text =
        "\"heritage=external-dns,external-dns/owner=%s,external-dns/resource=ingress/web/shop\""
            .formatted(owner);
    return ResourceRecordSet.builder()
        .name("a-" + name)
        .type(RRType.TXT)
        .ttl(TTL)
        .resourceRecords(r -> r.value(text))
        .build();
  }

  private static Change change(ChangeAction action, ResourceRecordSet record) {
    return Change.builder().action(action).resourceRecordSet(record).build();
  }

  private List<ResourceRecordSet> records() {
    return route53.listResourceRecordSets(r -> r.hostedZoneId(zone())).resourceRecordSets();
  }

  private String zone() {
    return route53.listHostedZones().hostedZones().stream()
        .filter(z -> z.name().equals(ZONE))
        .map(z -> z.id())
        .findFirst()
        .orElseThrow(() -> new DemoException("no zone " + ZONE));
  }

  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return bare.startsWith("dualstack.") ? bare.substring("dualstack.".length()) : bare;
  }

  @Override
  public void close() {
    route53.close();
    elb.close();
    operator.close();
  }
}
