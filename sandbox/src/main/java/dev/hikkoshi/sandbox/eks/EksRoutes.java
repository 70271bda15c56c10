package dev.hikkoshi.sandbox.eks;

import dev.hikkoshi.sandbox.aws.RestRoutes;

/** Method and path of each operation, as in botocore's model of EKS (2017-11-01). */
final class EksRoutes {

  private EksRoutes() {}

  static RestRoutes all() {
    String cluster = "/clusters/{name}";
    String group = cluster + "/node-groups/{nodegroupName}";
    String addon = cluster + "/addons/{addonName}";
    String entry = cluster + "/access-entries/{principalArn}";
    String association = cluster + "/pod-identity-associations/{associationId}";
    return new RestRoutes()
        .add("CreateCluster", "POST", "/clusters")
        .add("ListClusters", "GET", "/clusters")
        .add("DescribeCluster", "GET", cluster)
        .add("DeleteCluster", "DELETE", cluster)
        .add("UpdateClusterConfig", "POST", cluster + "/update-config")
        .add("ListUpdates", "GET", cluster + "/updates")
        .add("DescribeUpdate", "GET", cluster + "/updates/{updateId}")
        .add("CreateNodegroup", "POST", cluster + "/node-groups")
        .add("ListNodegroups", "GET", cluster + "/node-groups")
        .add("DescribeNodegroup", "GET", group)
        .add("DeleteNodegroup", "DELETE", group)
        .add("UpdateNodegroupConfig", "POST", group + "/update-config")
        .add("CreateAddon", "POST", cluster + "/addons")
        .add("ListAddons", "GET", cluster + "/addons")
        .add("DescribeAddon", "GET", addon)
        .add("DeleteAddon", "DELETE", addon)
        .add("DescribeAddonVersions", "GET", "/addons/supported-versions")
        .add("CreateAccessEntry", "POST", cluster + "/access-entries")
        .add("ListAccessEntries", "GET", cluster + "/access-entries")
        .add("DescribeAccessEntry", "GET", entry)
        .add("UpdateAccessEntry", "POST", entry)
        .add("DeleteAccessEntry", "DELETE", entry)
        .add("AssociateAccessPolicy", "POST", entry + "/access-policies")
        .add("ListAssociatedAccessPolicies", "GET", entry + "/access-policies")
        .add("DisassociateAccessPolicy", "DELETE", entry + "/access-policies/{policyArn}")
        .add("DescribeClusterVersions", "GET", "/cluster-versions")
        .add("ListInsights", "POST", cluster + "/insights")
        .add("ListFargateProfiles", "GET", cluster + "/fargate-profiles")
        .add("ListPodIdentityAssociations", "GET", cluster + "/pod-identity-associations")
        .add("CreatePodIdentityAssociation", "POST", cluster + "/pod-identity-associations")
        .add("DescribePodIdentityAssociation", "GET", association)
        .add("UpdatePodIdentityAssociation", "POST", association)
        .add("DeletePodIdentityAssociation", "DELETE", association)
        .add("TagResource", "POST", "/tags/{resourceArn}")
        .add("UntagResource", "DELETE", "/tags/{resourceArn}")
        .add("ListTagsForResource", "GET", "/tags/{resourceArn}");
  }
}
