package dev.hikkoshi.environments.definition;

import static dev.hikkoshi.environments.definition.ClusterFieldRows.ROLES;
import static dev.hikkoshi.environments.definition.ClusterFieldRows.row;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.IN_PLACE;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.NEW_CLUSTER;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.NEXT_CLUSTER;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.NOT_YET;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.REFUSED;
import static dev.hikkoshi.environments.definition.ClusterFields.Change.UNUSED;

import dev.hikkoshi.environments.definition.ClusterFields.Row;
import java.util.List;
import java.util.stream.Stream;

/** The rows of {@link ClusterFields} about roles in AWS, and about who may enter a cluster. */
final class AccessFieldRows {

  private AccessFieldRows() {}

  static List<Row> all() {
    return Stream.of(roles(), podIdentities(), access()).flatMap(List::stream).toList();
  }

  private static List<Row> roles() {
    return List.of(
        row(
            "iam.serviceRoleARN",
            NEW_CLUSTER,
            "the cluster's role: an ARN, or a name in the environment's account"),
        row(
            "iam.withOIDC",
            NOT_YET,
            "an issuer per cluster must be named in every role's trust; use Pod Identity"),
        row(
            "iam.serviceAccounts",
            NOT_YET,
            "roles for service accounts need the cluster's own issuer; use Pod Identity"),
        row(
            "iam.autoCreatePodIdentityAssociations",
            NOT_YET,
            "name them in `iam.podIdentityAssociations`"),
        row("iam.serviceRolePermissionsBoundary", REFUSED, ROLES),
        row("iam.fargatePodExecutionRoleARN", NOT_YET, "Fargate"),
        row("iam.fargatePodExecutionRolePermissionsBoundary", REFUSED, ROLES),
        row("iam.vpcResourceControllerPolicy", REFUSED, ROLES));
  }

  private static List<Row> podIdentities() {
    String p = "iam.podIdentityAssociations[].";
    return List.of(
        row(p + "namespace", IN_PLACE, "of the service account; the app brings both"),
        row(
            p + "serviceAccountName",
            IN_PLACE,
            "a new association is made; one that is taken out is deleted. The add-on"
                + " `eks-pod-identity-agent` has to be among `addons`"),
        row(
            p + "roleARN",
            IN_PLACE,
            "an ARN, or a name in the environment's account; the role has to trust"
                + " `pods.eks.amazonaws.com`. A pod that started without one has to start again"),
        row(p + "tags", NEXT_CLUSTER, "of an association that is made"),
        row(p + "createServiceAccount", REFUSED, "service accounts come from the helmfile"),
        row(p + "roleName", REFUSED, ROLES),
        row(p + "permissionsBoundaryARN", REFUSED, ROLES),
        row(p + "permissionPolicyARNs", REFUSED, ROLES),
        row(p + "permissionPolicy", REFUSED, ROLES),
        row(p + "wellKnownPolicies", REFUSED, ROLES),
        row(p + "targetRoleARN", NOT_YET, "roles of other accounts"),
        row(p + "disableSessionTags", NOT_YET, "EKS's default is used"));
  }

  private static List<Row> access() {
    return List.of(
        row(
            "accessConfig.authenticationMode",
            NEW_CLUSTER,
            "`API` or `API_AND_CONFIG_MAP` (absent); EKS changes it one way only"),
        row(
            "accessConfig.bootstrapClusterCreatorAdminPermissions",
            UNUSED,
            "must be true: Hikkoshi has to enter the cluster that it made"),
        row(
            "accessConfig.accessEntries[].principalARN",
            IN_PLACE,
            "a new entry is made; one that is taken out is deleted"),
        row("accessConfig.accessEntries[].type", UNUSED, "must be `STANDARD`"),
        row(
            "accessConfig.accessEntries[].kubernetesGroups",
            NEXT_CLUSTER,
            "of an entry that is there"),
        row(
            "accessConfig.accessEntries[].accessPolicies[].policyARN",
            IN_PLACE,
            "one that is added is associated, one that is taken out is taken away"),
        row(
            "accessConfig.accessEntries[].accessPolicies[].accessScope.type",
            UNUSED,
            "must be `cluster`"),
        row(
            "accessConfig.accessEntries[].accessPolicies[].accessScope.namespaces",
            NOT_YET,
            "policies apply to the whole cluster"),
        row(
            "accessConfig.accessEntries[].kubernetesUsername",
            NOT_YET,
            "EKS derives the name from the principal"),
        row("accessConfig.accessEntries[].tags", NOT_YET, "entries have no tags"),
        row(
            "iamIdentityMappings",
            REFUSED,
            "the aws-auth ConfigMap; use `accessConfig.accessEntries`"),
        row("identityProviders", NOT_YET, "OIDC providers for people"));
  }
}
