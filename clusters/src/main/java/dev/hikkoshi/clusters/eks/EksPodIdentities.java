package dev.hikkoshi.clusters.eks;

import static dev.hikkoshi.clusters.eks.EksFence.done;

import dev.hikkoshi.clusters.aws.AwsClients;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import dev.hikkoshi.environments.port.Outcome;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.DescribePodIdentityAssociationResponse;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociationSummary;
import software.amazon.awssdk.services.eks.model.ResourceInUseException;
import software.amazon.awssdk.services.eks.model.ResourceNotFoundException;

/**
 * Roles of service accounts. EKS knows an association by an id of its own and takes one for each
 * service account; what it lists may be behind what it answered (EKS User Guide: associations are
 * eventually consistent), so that "exists already" and "not listed" may both be true.
 */
final class EksPodIdentities {

  private final AwsClients aws;
  private final EksFence fence;

  EksPodIdentities(AwsClients aws, EksFence fence) {
    this.aws = aws;
    this.fence = fence;
  }

  Outcome create(ClusterSeen cluster, PodIdentitySpec spec) {
    return fence.on(
        cluster,
        _ -> {
          try {
            return done(
                aws.eksWrites()
                    .createPodIdentityAssociation(EksRequests.podIdentity(cluster.name(), spec)));
          } catch (ResourceInUseException _) {
            return there(cluster.name(), spec)
                .map(answer -> compared(answer, spec))
                .orElseGet(
                    () ->
                        new Outcome.Unclear(
                            "EKS says that %s is associated, and does not list it yet"
                                .formatted(spec.account())));
          }
        });
  }

  private Optional<DescribePodIdentityAssociationResponse> there(
      String cluster, PodIdentitySpec spec) {
    try {
      return aws
          .eks()
          .listPodIdentityAssociations(
              b ->
                  b.clusterName(cluster)
                      .namespace(spec.namespace())
                      .serviceAccount(spec.serviceAccount()))
          .associations()
          .stream()
          .map(PodIdentityAssociationSummary::associationId)
          .findFirst()
          .map(
              id ->
                  aws.eks()
                      .describePodIdentityAssociation(
                          b -> b.clusterName(cluster).associationId(id)));
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    }
  }

  private static Outcome compared(
      DescribePodIdentityAssociationResponse answer, PodIdentitySpec spec) {
    String role = answer.association().roleArn();
    return role.equals(spec.roleArn())
        ? done(answer)
        : new Outcome.Changed(
            "%s has the role %s by now, wanted is %s"
                .formatted(spec.account(), role, spec.roleArn()));
  }

  Outcome change(ClusterSeen cluster, PodIdentitySeen seen, String roleArn) {
    return fence.on(
        cluster,
        _ -> {
          try {
            return done(
                aws.eksWrites()
                    .updatePodIdentityAssociation(
                        b ->
                            b.clusterName(cluster.name())
                                .associationId(seen.id())
                                .roleArn(roleArn)));
          } catch (ResourceNotFoundException _) {
            return new Outcome.Changed(
                "there is no association %s of %s any more".formatted(seen.id(), seen.account()));
          }
        });
  }
}
