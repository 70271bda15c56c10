package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.ClusterFile.Home;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code iam} of a cluster file: roles that exist, by name. */
final class IamReader {

  private static final String ASSOCIATIONS = "podIdentityAssociations";

  /** Without it nobody hands credentials out (EKS User Guide, Set up the Pod Identity Agent). */
  private static final String AGENT = "eks-pod-identity-agent";

  /** As Kubernetes names namespaces (a label) and service accounts (a subdomain). */
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern ACCOUNT =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final Home home;

  IamReader(Home home) {
    this.home = home;
  }

  /**
   * Roles of a cluster.
   *
   * @param associations where the service accounts with roles stand
   */
  record Iam(String clusterRole, List<PodIdentitySpec> podIdentities, Place associations) {

    Iam {
      podIdentities = List.copyOf(podIdentities);
    }
  }

  Optional<Iam> iam(Fields fields) {
    var role =
        fields.need(
            "serviceRoleARN",
            Aws.role(home.account(), home.region()),
            "the role of the cluster; Hikkoshi makes none");
    List<PodIdentitySpec> associations =
        fields.get(
            ASSOCIATIONS,
            Types.listBy(
                Fields.object(this::association), "the service account", PodIdentitySpec::account),
            List.of());
    ClusterFields.refuse(fields, "iam");
    return fields.make(() -> new Iam(role.orElseThrow(), associations, fields.place(ASSOCIATIONS)));
  }

  private Optional<PodIdentitySpec> association(Fields fields) {
    var namespace =
        fields.need("namespace", Types.text(NAMESPACE, "a namespace"), "the service account's");
    var account =
        fields.need(
            "serviceAccountName",
            Types.text(ACCOUNT, "the name of a service account"),
            "whose pods get the role");
    var role = fields.need("roleARN", ownRole(), "the role that its pods get; Hikkoshi makes none");
    Map<String, String> tags = fields.get("tags", Aws.tags(), Map.of());
    ClusterFields.refuse(fields, "iam." + ASSOCIATIONS + "[]");
    return fields.make(
        () ->
            new PodIdentitySpec(
                namespace.orElseThrow(), account.orElseThrow(), role.orElseThrow(), tags));
  }

  /** EKS takes roles of the cluster's own account only (CreatePodIdentityAssociation). */
  private Type<String> ownRole() {
    return Aws.role(home.account(), home.region())
        .then(
            (arn, node, problems) -> {
              String account = arn.split(":", -1)[4];
              if (home.account().isEmpty() || account.equals(home.account())) {
                return Optional.of(arn);
              }
              problems.add(
                  node.place(),
                  "a role of account %s, the cluster is in %s".formatted(account, home.account()),
                  "EKS takes a role of the cluster's own account; that one may assume the other");
              return Optional.empty();
            });
  }

  /** A role that no pod would ever get is told before a cluster is built, not by its pods. */
  static void needAgent(Iam iam, List<AddonSpec> addons, Fields root) {
    boolean there = addons.stream().anyMatch(addon -> addon.name().equals(AGENT));
    if (!iam.podIdentities().isEmpty() && !there) {
      root.problems()
          .add(
              iam.associations(),
              "no pod gets these roles without the add-on " + AGENT,
              "addons: - {name: " + AGENT + "}");
    }
  }
}
