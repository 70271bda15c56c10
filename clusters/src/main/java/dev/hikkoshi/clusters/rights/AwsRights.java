package dev.hikkoshi.clusters.rights;

import dev.hikkoshi.clusters.rights.AwsRight.Caller;
import dev.hikkoshi.clusters.rights.AwsRight.Scope;
import dev.hikkoshi.environments.desired.Desired.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * Every operation of AWS that the adapters call, and those that AWS asks for on the way (EKS user
 * guide, service authorization reference of EKS and of Elastic Load Balancing).
 */
public final class AwsRights {

  private static final List<AwsRight> ALL = table();

  private AwsRights() {}

  /** The whole table, in order of service. */
  public static List<AwsRight> all() {
    return ALL;
  }

  /** What the controller needs in one mode: its own rights and those of lower modes. */
  public static List<AwsRight> of(Mode mode) {
    return ALL.stream()
        .filter(right -> right.caller() != Caller.PERSON)
        .filter(right -> right.since().compareTo(mode) <= 0)
        .toList();
  }

  private static List<AwsRight> table() {
    List<AwsRight> all = new ArrayList<>();
    clusters(all);
    names(all);
    balancers(all);
    others(all);
    return List.copyOf(all);
  }

  private static void look(
      List<AwsRight> all, String service, Scope scope, String operation, String why) {
    all.add(new AwsRight(service, operation, Mode.OBSERVE, Caller.US, scope, why));
  }

  private static void act(
      List<AwsRight> all, String service, Scope scope, String operation, String why) {
    all.add(new AwsRight(service, operation, Mode.ACT, Caller.US, scope, why));
  }

  private static void adopting(List<AwsRight> all, String service, String operation) {
    String why = "hikkoshi adopt: what a cluster file has no words for";
    all.add(new AwsRight(service, operation, Mode.OBSERVE, Caller.PERSON, Scope.CLUSTERS, why));
  }

  private static void asked(
      List<AwsRight> all, String service, Scope scope, String operation, String why) {
    all.add(new AwsRight(service, operation, Mode.ACT, Caller.AWS, scope, why));
  }

  private static void clusters(List<AwsRight> all) {
    String eks = "eks";
    look(all, eks, Scope.EVERYTHING, "ListClusters", "which clusters there are");
    look(all, eks, Scope.EVERYTHING, "DescribeClusterVersions", "which versions EKS offers");
    look(all, eks, Scope.CLUSTERS, "DescribeCluster", "status, endpoint, tags");
    look(all, eks, Scope.CLUSTERS, "ListNodegroups", "what hangs on a cluster");
    look(all, eks, Scope.NODEGROUPS, "DescribeNodegroup", "sizes and status");
    look(all, eks, Scope.CLUSTERS, "ListAddons", "what hangs on a cluster");
    look(all, eks, Scope.ADDONS, "DescribeAddon", "version and status");
    look(all, eks, Scope.CLUSTERS, "ListAccessEntries", "who may enter");
    look(all, eks, Scope.ACCESS_ENTRIES, "DescribeAccessEntry", "groups of who may enter");
    look(
        all,
        eks,
        Scope.ACCESS_ENTRIES,
        "ListAssociatedAccessPolicies",
        "policies of who may enter");
    look(all, eks, Scope.CLUSTERS, "ListPodIdentityAssociations", "roles of service accounts");
    look(
        all,
        eks,
        Scope.POD_IDENTITIES,
        "DescribePodIdentityAssociation",
        "which role each of them has");
    act(all, eks, Scope.TAGGED_CLUSTERS, "CreateCluster", "the next cluster");
    act(all, eks, Scope.OUR_CLUSTERS, "CreateNodegroup", "its nodes");
    act(all, eks, Scope.OUR_NODEGROUPS, "UpdateNodegroupConfig", "sizes of node groups");
    act(all, eks, Scope.OUR_CLUSTERS, "CreateAddon", "its add-ons");
    act(all, eks, Scope.OUR_CLUSTERS, "CreateAccessEntry", "who may enter it");
    act(all, eks, Scope.ACCESS_ENTRIES, "AssociateAccessPolicy", "what they may do");
    act(
        all,
        eks,
        Scope.OUR_CLUSTERS,
        "CreatePodIdentityAssociation",
        "roles of its service accounts");
    act(all, eks, Scope.POD_IDENTITIES, "UpdatePodIdentityAssociation", "another role");
    act(
        all,
        eks,
        Scope.POD_IDENTITIES,
        "DeletePodIdentityAssociation",
        "a role that the file has no longer");
    act(all, eks, Scope.OUR_NODEGROUPS, "DeleteNodegroup", "nodes that go");
    act(all, eks, Scope.ADDONS, "DeleteAddon", "an add-on that the file has no longer");
    act(all, eks, Scope.ACCESS_ENTRIES, "DeleteAccessEntry", "who may not enter any more");
    act(
        all,
        eks,
        Scope.ACCESS_ENTRIES,
        "DisassociateAccessPolicy",
        "what they may not do any more");
    act(all, eks, Scope.OUR_CLUSTERS, "UpdateClusterConfig", "retirement: deletion protection off");
    act(all, eks, Scope.OUR_CLUSTERS, "DeleteCluster", "retirement: the cluster itself");
    act(
        all,
        eks,
        Scope.CLUSTERS_AND_PARTS,
        "TagResource",
        "our tags on a cluster that is adopted; tags given when something is created");
    act(all, eks, Scope.OUR_CLUSTERS_AND_NODES, "UntagResource", "handover: our tags go");
    adopting(all, eks, "ListFargateProfiles");
    asked(all, "iam", Scope.PASSED_ROLES, "PassRole", "roles of control planes, nodes and pods");
    asked(all, "iam", Scope.ROLES, "GetRole", "EKS looks at roles of nodes and pods");
    asked(all, "iam", Scope.ROLES, "ListAttachedRolePolicies", "EKS looks at the node role");
    asked(
        all,
        "iam",
        Scope.NODEGROUP_SERVICE_ROLE,
        "CreateServiceLinkedRole",
        "the first node group of an account");
    asked(all, "ec2", Scope.EVERYTHING, "DescribeSubnets", "EKS checks subnets");
    asked(all, "kms", Scope.NAMED_KEYS, "DescribeKey", "EKS looks at the key of Secrets");
    asked(all, "kms", Scope.NAMED_KEYS, "CreateGrant", "EKS is granted the key of Secrets");
    String template = "EKS tries a node group's launch template";
    asked(all, "ec2", Scope.TEMPLATES, "DescribeLaunchTemplateVersions", template);
    asked(all, "ec2", Scope.NAMED_TEMPLATES, "RunInstances", template);
    asked(all, "ec2", Scope.NEW_INSTANCES, "CreateTags", template + " that has tags");
  }

  private static void names(List<AwsRight> all) {
    String route53 = "route53";
    look(all, route53, Scope.EVERYTHING, "ListHostedZones", "proof that nothing names a cluster");
    look(all, route53, Scope.EVERYTHING, "ListHostedZonesByName", "the zone of a route");
    look(all, route53, Scope.ZONES, "GetHostedZone", "its name servers");
    look(all, route53, Scope.ZONES, "ListResourceRecordSets", "weights, and proof of absence");
    look(all, route53, Scope.CHANGES, "GetChange", "whether every server has a change");
    act(all, route53, Scope.ZONES, "ChangeResourceRecordSets", "weights of both sides");
  }

  private static void balancers(List<AwsRight> all) {
    String elb = "elasticloadbalancing";
    look(all, elb, Scope.EVERYTHING, "DescribeLoadBalancers", "where routes and clusters lead");
    look(all, elb, Scope.EVERYTHING, "DescribeListeners", "the listener of a route");
    look(all, elb, Scope.EVERYTHING, "DescribeRules", "weights, and proof of absence");
    look(all, elb, Scope.EVERYTHING, "DescribeTargetGroups", "groups of routes");
    look(all, elb, Scope.EVERYTHING, "DescribeTargetHealth", "capacity before weight");
    look(all, elb, Scope.EVERYTHING, "DescribeTags", "which groups are ours");
    act(all, elb, Scope.GROUPS, "CreateTargetGroup", "one group for each cluster and route");
    act(all, elb, Scope.LISTENERS, "CreateRule", "a route that has no rule yet");
    act(all, elb, Scope.RULES, "ModifyRule", "weights of both sides");
    act(all, elb, Scope.OUR_GROUPS, "DeleteTargetGroup", "retirement: groups of ours");
    act(all, elb, Scope.OUR_GROUPS, "RemoveTags", "handover: our tags go");
    asked(all, elb, Scope.NEW_BALANCER_PARTS, "AddTags", "tags given when something is created");
  }

  private static void others(List<AwsRight> all) {
    look(all, "cloudwatch", Scope.EVERYTHING, "GetMetricData", "requests: share, drain, checks");
    look(all, "sts", Scope.EVERYTHING, "GetCallerIdentity", "the account; needs no permission");
    all.add(
        new AwsRight(
            "sts",
            "AssumeRole",
            Mode.OBSERVE,
            Caller.AWS,
            Scope.NAMED_ROLES,
            "routes in other accounts; the SDK calls it"));
  }
}
