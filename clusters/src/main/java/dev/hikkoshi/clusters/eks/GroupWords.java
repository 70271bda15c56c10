package dev.hikkoshi.clusters.eks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.eks.model.AMITypes;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.LaunchTemplateSpecification;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.Taint;

/** Managed node groups in the names of eksctl's ClusterConfig. */
final class GroupWords {

  private static final Map<String, String> EFFECTS =
      Map.of(
          "NO_SCHEDULE", "NoSchedule",
          "NO_EXECUTE", "NoExecute",
          "PREFER_NO_SCHEDULE", "PreferNoSchedule");

  private static final String CUSTOM = AMITypes.CUSTOM.toString();

  private static final Predicate<String> OF_TOOLS = key -> key.startsWith("alpha.eksctl.io/");

  private final List<String> unsaid;

  /**
   * Of one cluster.
   *
   * @param unsaid gets a sentence for each thing that cannot be said
   */
  GroupWords(List<String> unsaid) {
    this.unsaid = unsaid;
  }

  Map<String, Object> of(Nodegroup group) {
    Map<String, Object> said = ClusterWords.map("name", group.nodegroupName());
    sizes(group, said);
    nodes(group, said);
    said.put("subnets", group.subnets());
    said.put("iam", ClusterWords.map("instanceRoleARN", group.nodeRole()));
    marks(group, said);
    if (group.capacityType() == CapacityTypes.SPOT) {
      said.put("spot", true);
    }
    template(group, said);
    if (group.remoteAccess() != null && ClusterWords.given(group.remoteAccess().ec2SshKey())) {
      said.put("ssh", ClusterWords.map("allow", true));
    }
    return said;
  }

  /** The version is a number here, whatever the group was made with. */
  private void template(Nodegroup group, Map<String, Object> said) {
    LaunchTemplateSpecification template = group.launchTemplate();
    if (template == null) {
      return;
    }
    Map<String, Object> words = ClusterWords.map("id", template.id());
    words.put("version", template.version());
    said.put("launchTemplate", words);
    String called = ClusterWords.given(template.name()) ? template.name() : template.id();
    unsaid.add(
        "node group %s is made of launch template %s; what it says (security groups, user data) is not looked at: it has to fit the next cluster too, and to be there when this one is gone"
            .formatted(group.nodegroupName(), called));
    if (group.instanceTypes().isEmpty()) {
      unsaid.add(
          "node group %s has no instance type of its own; if launch template %s has none either, EKS takes t3.medium"
              .formatted(group.nodegroupName(), called));
    }
  }

  private static void sizes(Nodegroup group, Map<String, Object> said) {
    var scaling = group.scalingConfig();
    if (scaling == null) {
      return;
    }
    said.put("minSize", scaling.minSize());
    said.put("maxSize", scaling.maxSize());
    said.put("desiredCapacity", scaling.desiredSize());
  }

  private void nodes(Nodegroup group, Map<String, Object> said) {
    List<String> types = group.instanceTypes();
    if (types.size() == 1) {
      said.put("instanceType", types.getFirst());
    } else if (!types.isEmpty()) {
      said.put("instanceTypes", types);
    }
    image(group, said);
    if (group.diskSize() != null) {
      said.put("volumeSize", group.diskSize());
    }
  }

  private void image(Nodegroup group, Map<String, Object> said) {
    String image = group.amiTypeAsString() == null ? "" : group.amiTypeAsString();
    boolean template = group.launchTemplate() != null;
    if (image.isEmpty() || (template && image.equals(CUSTOM))) {
      return;
    }
    // A family has an image for each architecture, which only an instance type tells.
    boolean known = !(template && group.instanceTypes().isEmpty());
    if (known && image.startsWith("AL2023_")) {
      said.put("amiFamily", "AmazonLinux2023");
    } else if (known && image.startsWith("BOTTLEROCKET_")) {
      said.put("amiFamily", "Bottlerocket");
    } else {
      unsaid.add(
          "node group %s runs %s; the next cluster's gets the image that EKS chooses"
              .formatted(group.nodegroupName(), image));
    }
  }

  private static void marks(Nodegroup group, Map<String, Object> said) {
    Map<String, String> labels = new TreeMap<>(group.labels());
    labels.keySet().removeIf(OF_TOOLS);
    if (!labels.isEmpty()) {
      said.put("labels", labels);
    }
    if (!group.taints().isEmpty()) {
      said.put("taints", group.taints().stream().map(GroupWords::taint).toList());
    }
    Map<String, String> tags = ClusterWords.tags(group.tags());
    if (!tags.isEmpty()) {
      said.put("tags", tags);
    }
  }

  private static Map<String, Object> taint(Taint taint) {
    Map<String, Object> said = new LinkedHashMap<>();
    said.put("key", taint.key());
    if (ClusterWords.given(taint.value())) {
      said.put("value", taint.value());
    }
    said.put("effect", EFFECTS.getOrDefault(taint.effectAsString(), taint.effectAsString()));
    return said;
  }
}
