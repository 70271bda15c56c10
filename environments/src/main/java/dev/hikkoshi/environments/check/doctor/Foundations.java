package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.AccountSeen.SubnetSeen;
import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the account has room for one more cluster: addresses and numbers of things. */
final class Foundations {

  /** EKS needs six free addresses in each subnet of a cluster and asks for sixteen. */
  private static final int NEEDED = 6;

  private static final int ASKED = 16;

  private static final Set<String> REPLICATED = Set.of("Deployment", "StatefulSet");

  private final Subject subject;
  private final List<Advice> advice;

  private Foundations(Subject subject, List<Advice> advice) {
    this.subject = subject;
    this.advice = advice;
  }

  static void examine(Subject subject, AccountSeen seen, List<Advice> advice) {
    Foundations here = new Foundations(subject, advice);
    here.subnets(seen.subnets());
    QuotaChecks.examine(subject, seen, advice);
  }

  private void add(Weight weight, String topic, String where, String what, String why, String how) {
    advice.add(new Advice(weight, topic, subject.desired().environment(), where, what, why, how));
  }

  private void subnets(Observation<List<SubnetSeen>> seen) {
    switch (seen) {
      case Unknown<List<SubnetSeen>>(String what, String why) ->
          Places.unseen(subject, advice, what, why);
      case Known<List<SubnetSeen>>(List<SubnetSeen> subnets) -> {
        subject.subnets().forEach(id -> subnet(id, subnets));
        pods(subnets);
      }
    }
  }

  private void subnet(String id, List<SubnetSeen> subnets) {
    Optional<SubnetSeen> found = subnets.stream().filter(s -> s.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      add(
          Weight.SETTLE,
          "subnet",
          id,
          "the definition names %s, which EC2 does not have in this account and region"
              .formatted(id),
          "a cluster or node group with it cannot be built",
          "cluster.yaml, vpc: the id of a subnet that is there");
      return;
    }
    int free = found.get().free();
    if (free < ASKED) {
      add(
          free < NEEDED ? Weight.SETTLE : Weight.CONSIDER,
          "addresses",
          id,
          "%d free addresses in %s (%s)".formatted(free, id, found.get().zone()),
          "EKS needs %d in each subnet of a cluster and asks for %d; two clusters exist during a move"
              .formatted(NEEDED, ASKED),
          "a larger subnet in cluster.yaml, vpc; that asks for a new cluster");
    }
  }

  /** With the VPC CNI every pod has an address of a node's subnet, while the old side keeps its. */
  private void pods(List<SubnetSeen> subnets) {
    DesiredCluster cluster = subject.desired().cluster();
    Set<String> ofNodes = new HashSet<>();
    cluster.nodegroups().forEach(group -> ofNodes.addAll(group.subnetIds()));
    int nodes = cluster.nodegroups().stream().mapToInt(NodegroupSpec::desired).sum();
    int wanted = nodes + replicas();
    int free =
        subnets.stream().filter(s -> ofNodes.contains(s.id())).mapToInt(SubnetSeen::free).sum();
    boolean ipv6 = cluster.spec().ipFamily().filter("ipv6"::equalsIgnoreCase).isPresent();
    if (!ofNodes.isEmpty() && !ipv6 && wanted > free) {
      add(
          Weight.SETTLE,
          "addresses",
          "subnets of the node groups",
          "nodes and pods of a new cluster take about %d addresses, %d are free"
              .formatted(wanted, free),
          "the old side keeps its addresses until it is retired: the new side's pods stay without"
              + " one, and it never becomes ready",
          "more or larger subnets for nodes, or a CNI with addresses of its own");
    }
  }

  private int replicas() {
    return subject.here().releases().values().stream()
        .flatMap(content -> content.objects().stream())
        .filter(object -> REPLICATED.contains(object.kind()))
        .mapToInt(Foundations::replicas)
        .sum();
  }

  private static int replicas(Manifest object) {
    return object.at("spec", "replicas").orElse(1) instanceof Number n ? n.intValue() : 1;
  }
}
