package dev.hikkoshi.environments.check.outside;

import static dev.hikkoshi.environments.desired.Outside.As.DISPOSABLE;
import static dev.hikkoshi.environments.desired.Outside.As.EXTERNAL;
import static dev.hikkoshi.environments.desired.Outside.As.HARMLESS;
import static dev.hikkoshi.environments.desired.Outside.As.MIGRATED_BY;
import static dev.hikkoshi.environments.desired.Outside.As.PER_CLUSTER;
import static dev.hikkoshi.environments.desired.Outside.As.SERVING_ONLY;
import static dev.hikkoshi.environments.desired.Outside.As.SHARED;

import dev.hikkoshi.environments.desired.Outside.As;
import java.util.List;

/**
 * What a release can do outside its cluster. Each kind says why it hurts when two clusters do it,
 * what would take it away, and which words of a person settle it; the first is the one to propose.
 */
public enum EffectKind {
  DNS_NAME(
      "dns-name",
      "two clusters that publish one name overwrite each other's record, and the last to write"
          + " takes all of its traffic",
      "give the record a set identifier of the cluster, or leave the name to a route",
      SHARED,
      HARMLESS),
  ROUTE_NAME(
      "route-name",
      "external-dns would write the record whose weights a route moves; both would write in turn",
      "take the name from external-dns: annotate the object with"
          + " external-dns.alpha.kubernetes.io/controller: hikkoshi",
      HARMLESS),
  DNS_OWNER(
      "dns-owner",
      "with one owner id for two clusters each external-dns takes the other's records for its own"
          + " leftovers and deletes them",
      "set --txt-owner-id to the cluster's name",
      SERVING_ONLY,
      HARMLESS),
  DNS_DELETES(
      "dns-deletes",
      "policy sync deletes what it believes to be its own; in a new cluster the Ingress is not"
          + " there yet, so the record that serves goes",
      "set --policy=upsert-only, and an owner id of the cluster",
      PER_CLUSTER,
      SERVING_ONLY,
      HARMLESS),
  DNS_UNOWNED(
      "dns-unowned",
      "without a registry external-dns owns every record that it sees, also those of others",
      "set --registry=txt and an owner id of the cluster",
      SERVING_ONLY,
      HARMLESS),
  LOAD_BALANCER_NAME(
      "load-balancer-name",
      "a load balancer's name is unique in a region: the second controller takes the first one's"
          + " over, or fails",
      "leave the name out, or put the cluster's name into it",
      SHARED,
      HARMLESS),
  INGRESS_GROUP(
      "ingress-group",
      "one Ingress group is one load balancer for one cluster; two controllers rewrite its rules in"
          + " turn",
      "put the cluster's name into group.name",
      SHARED,
      HARMLESS),
  TARGET_GROUP(
      "target-group",
      "two bindings of one target group deregister each other's pods",
      "use one target group for each cluster (an alb route makes them), or"
          + " multiClusterTargetGroup: true in both",
      SHARED,
      HARMLESS),
  ADDRESS(
      "address",
      "an elastic IP address is on one load balancer at a time; the second one does not start",
      "allocate addresses for each cluster",
      HARMLESS),
  CONTROLLER_IDENTITY(
      "controller-identity",
      "a load balancer controller deletes what carries its cluster's name and is not in its own"
          + " cluster: with one name for two, the other's load balancers go",
      "set --cluster-name to the cluster's name",
      SERVING_ONLY,
      HARMLESS),
  NODE_GROUPS(
      "node-groups",
      "two autoscalers scale one group; each takes away the nodes that the other one asked for",
      "discover groups by a tag that holds the cluster's name",
      SERVING_ONLY,
      HARMLESS),
  NODE_DISCOVERY(
      "node-discovery",
      "nodes start with what is tagged for another cluster and cannot join, or join that one",
      "select by a tag that holds the cluster's name",
      SHARED,
      HARMLESS),
  INTERRUPTION_QUEUE(
      "interruption-queue",
      "each message is read by one of the two; half of the interruption notices are lost",
      "give each cluster a queue of its own",
      SERVING_ONLY,
      SHARED,
      HARMLESS),
  CERTIFICATE(
      "certificate",
      "an HTTP-01 challenge is asked of the side that serves, so it cannot be solved before"
          + " traffic; DNS-01 of two clusters writes one TXT name, and both count against one limit",
      "use DNS-01, or bring the certificate's Secret along",
      SHARED,
      PER_CLUSTER,
      HARMLESS),
  CLOUD_RESOURCE(
      "cloud-resource",
      "two controllers manage one resource in AWS; removing the old cluster's object deletes the"
          + " resource",
      "orphan it: services.k8s.aws/deletion-policy: retain, or deletionPolicy: Orphan",
      SHARED,
      PER_CLUSTER,
      HARMLESS),
  QUEUE_CONSUMER(
      "queue-consumer",
      "a consumer in the new cluster takes messages at once, before a single check has passed",
      "let it run on one side only",
      SERVING_ONLY,
      SHARED,
      PER_CLUSTER,
      HARMLESS),
  SCHEDULE(
      "schedule",
      "it runs in both clusters at the same time: two invoices, two mails, two closings of the day",
      "let it run on one side only",
      SERVING_ONLY,
      SHARED,
      PER_CLUSTER,
      HARMLESS),
  ONE_TIME_JOB(
      "one-time-job",
      "what ran once years ago runs again, on the data of today",
      "let it run on one side only, or take it out of the release",
      SERVING_ONLY,
      SHARED,
      PER_CLUSTER,
      HARMLESS),
  INSTALL_HOOK(
      "install-hook",
      "installing runs it again: a migration on the database that the old side serves from",
      "make it safe to run twice, and with the old version beside it",
      SHARED,
      PER_CLUSTER,
      HARMLESS),
  GITOPS_AGENT(
      "gitops-agent",
      "an agent applies what it finds in Git, past every check and classification here",
      "manage its applications through the helmfile",
      SERVING_ONLY,
      PER_CLUSTER,
      HARMLESS),
  STORAGE(
      "storage",
      "the new cluster's volume is empty; what the old one holds stays there and goes with it",
      "keep the data outside the cluster",
      DISPOSABLE,
      EXTERNAL,
      MIGRATED_BY),
  BACKUP_TARGET(
      "backup-target",
      "two clusters write backups to one place; each prunes the other's",
      "put the cluster's name into the prefix",
      SHARED,
      HARMLESS),
  REMOTE_WRITE(
      "remote-write",
      "both clusters write one secret outside; a value generated in the new one replaces it",
      "write under a name that holds the cluster's name",
      SHARED,
      HARMLESS),
  TELEMETRY(
      "telemetry",
      "both clusters report under one name: alarms add the two up, and nobody sees which is sick",
      "report under the cluster's own name",
      SHARED,
      HARMLESS),
  UNREACHED(
      "unreached-workload",
      "no Service sends it requests, so weights do not hold it back: it works as soon as it runs",
      "let it run on one side only, or say that two may run",
      SERVING_ONLY,
      SHARED,
      PER_CLUSTER,
      HARMLESS);

  private final String word;
  private final String why;
  private final String instead;
  private final List<As> settledBy;

  EffectKind(String word, String why, String instead, As... settledBy) {
    this.word = word;
    this.why = why;
    this.instead = instead;
    this.settledBy = List.of(settledBy);
  }

  /** The word for it in messages and documents. */
  public String word() {
    return word;
  }

  /** What goes wrong, as it went wrong elsewhere. */
  public String why() {
    return why;
  }

  /** What would take the effect away instead of classifying it. */
  public String instead() {
    return instead;
  }

  /** The words that settle it; the first is the likeliest. */
  public List<As> settledBy() {
    return settledBy;
  }
}
