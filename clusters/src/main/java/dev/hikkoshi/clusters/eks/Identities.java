package dev.hikkoshi.clusters.eks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.eks.model.PodIdentityAssociation;

/** Pod Identity associations in the words of a cluster file. */
final class Identities {

  private final List<String> unsaid;

  /**
   * Of one cluster.
   *
   * @param unsaid gets a sentence for each thing that cannot be said
   */
  Identities(List<String> unsaid) {
    this.unsaid = unsaid;
  }

  /**
   * The association, also where an add-on owns it: the reader knows no associations of add-ons, and
   * the next cluster's service account gets its role by one of its own.
   */
  Map<String, Object> of(PodIdentityAssociation association) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("namespace", association.namespace());
    said.put("serviceAccountName", association.serviceAccount());
    said.put("roleARN", association.roleArn());
    if (ClusterWords.given(association.targetRoleArn())) {
      said.put("targetRoleARN", association.targetRoleArn());
    }
    if (Boolean.TRUE.equals(association.disableSessionTags())) {
      said.put("disableSessionTags", true);
    }
    Map<String, String> tags = ClusterWords.tags(association.tags());
    if (!tags.isEmpty()) {
      said.put("tags", tags);
    }
    if (ClusterWords.given(association.ownerArn())) {
      unsaid.add(
          "the role of %s/%s belongs to the add-on %s here; the next cluster's is associated without one"
              .formatted(
                  association.namespace(), association.serviceAccount(), association.ownerArn()));
    }
    return said;
  }
}
