package dev.hikkoshi.clusters.rights;

import dev.hikkoshi.environments.desired.Desired.Mode;
import java.util.List;

/**
 * The right to one operation of AWS.
 *
 * @param service the prefix of IAM actions
 * @param operation as in the API; IAM's action has the same name
 * @param since the lowest mode that needs it
 * @param caller whether the controller or a command calls it, or AWS asks for it in the caller's
 *     name
 * @param scope to what it is bounded
 * @param why what it is for
 */
public record AwsRight(
    String service, String operation, Mode since, Caller caller, Scope scope, String why) {

  /** Who makes the call. */
  public enum Caller {
    /** An adapter of ours. */
    US,
    /** AWS itself, with our rights, while it does what we called. */
    AWS,
    /** An adapter of ours in a person's hand: a command with the person's own credentials. */
    PERSON
  }

  /** What a right is bounded to. The words after {@code arn:aws:} are IAM's own. */
  public enum Scope {
    /** The operation knows no resources, or lists them all. */
    EVERYTHING("*"),
    CLUSTERS("eks:REGION:ACCOUNT:cluster/*"),
    /** Clusters and parts of them that carry our tag: others cannot even be tried. */
    OUR_CLUSTERS("eks:REGION:ACCOUNT:cluster/*"),
    NODEGROUPS("eks:REGION:ACCOUNT:nodegroup/*"),
    OUR_NODEGROUPS("eks:REGION:ACCOUNT:nodegroup/*"),
    OUR_CLUSTERS_AND_NODES("eks:REGION:ACCOUNT:cluster/*", "eks:REGION:ACCOUNT:nodegroup/*"),
    CLUSTERS_AND_PARTS(
        "eks:REGION:ACCOUNT:cluster/*",
        "eks:REGION:ACCOUNT:nodegroup/*",
        "eks:REGION:ACCOUNT:podidentityassociation/*"),
    ADDONS("eks:REGION:ACCOUNT:addon/*"),
    ACCESS_ENTRIES("eks:REGION:ACCOUNT:access-entry/*"),
    POD_IDENTITIES("eks:REGION:ACCOUNT:podidentityassociation/*"),
    /** Creation of something that is tagged as ours in the same call. */
    TAGGED_CLUSTERS("eks:REGION:ACCOUNT:cluster/*"),
    ZONES("route53:::hostedzone/*"),
    CHANGES("route53:::change/*"),
    LISTENERS("elasticloadbalancing:REGION:ACCOUNT:listener/app/*"),
    RULES("elasticloadbalancing:REGION:ACCOUNT:listener-rule/app/*"),
    GROUPS("elasticloadbalancing:REGION:ACCOUNT:targetgroup/*"),
    OUR_GROUPS("elasticloadbalancing:REGION:ACCOUNT:targetgroup/*"),
    /** Tags, only while something is created. */
    NEW_BALANCER_PARTS("*"),
    /** Roles of control planes, nodes and pods, handed to EKS and to nobody else. */
    PASSED_ROLES("iam::ACCOUNT:role/*"),
    ROLES("iam::ACCOUNT:role/*"),
    NODEGROUP_SERVICE_ROLE(
        "iam::ACCOUNT:role/aws-service-role/eks-nodegroup.amazonaws.com/AWSServiceRoleForAmazonEKSNodegroup"),
    /** The roles that routes in other accounts name. */
    NAMED_ROLES(""),
    /** The keys that cluster files name: whoever may make grants of any key may open anything. */
    NAMED_KEYS(""),
    /** Instances, of the launch templates that cluster files name and of nothing else. */
    NAMED_TEMPLATES("*"),
    /** Tags, only while such an instance is made. */
    NEW_INSTANCES("*"),
    /** What launch templates say: an operation that knows no resources. */
    TEMPLATES("*");

    private final List<String> resources;

    Scope(String... resources) {
      this.resources = List.of(resources);
    }

    List<String> resources() {
      return resources;
    }
  }

  /** IAM's action. */
  public String action() {
    return service + ":" + operation;
  }
}
