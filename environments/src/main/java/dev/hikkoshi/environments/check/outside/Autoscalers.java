package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** cluster-autoscaler and Karpenter: whose nodes they start and stop. */
final class Autoscalers implements Detector {

  private static final List<String> NODE_CLASSES =
      List.of("EC2NodeClass", "AWSNodeTemplate", "NodeClass");

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    if (NODE_CLASSES.contains(object.kind())) {
      nodeClass(object, found);
    }
    for (Pods.Container container : Pods.of(object).containers()) {
      if (container.image("cluster-autoscaler")) {
        autoscaler(container, found);
      } else if (container.imageIn("karpenter") || container.image("karpenter")) {
        karpenter(container, found);
      }
    }
  }

  private static void autoscaler(Pods.Container container, Found found) {
    for (String groups : container.flags("--node-group-auto-discovery")) {
      found.claim(EffectKind.NODE_GROUPS, "autoscaling groups by " + groups);
    }
    for (String group : container.flags("--nodes")) {
      String name = group.substring(group.lastIndexOf(':') + 1);
      found.claim(EffectKind.NODE_GROUPS, "autoscaling group " + name);
    }
    container
        .flag("--cluster-name")
        .ifPresent(name -> found.claim(EffectKind.NODE_GROUPS, "node groups of cluster " + name));
  }

  private static void karpenter(Pods.Container container, Found found) {
    value(container, "--cluster-name", "CLUSTER_NAME")
        .ifPresent(name -> found.claim(EffectKind.NODE_GROUPS, "Karpenter for cluster " + name));
    value(container, "--interruption-queue", "INTERRUPTION_QUEUE")
        .ifPresent(
            queue -> found.claim(EffectKind.INTERRUPTION_QUEUE, "interruption queue " + queue));
  }

  private static Optional<String> value(Pods.Container container, String flag, String variable) {
    return container
        .flag(flag)
        .or(() -> Optional.ofNullable(container.env().get(variable)).filter(v -> !v.isEmpty()));
  }

  /** Subnets are shared by their nature; a security group or a tag of a cluster is not. */
  private static void nodeClass(Manifest object, Found found) {
    for (Object term : Texts.list(object.tree(), "spec", "securityGroupSelectorTerms")) {
      tags(Texts.map(term, "tags"), "security groups", found);
    }
    tags(Texts.map(object.tree(), "spec", "securityGroupSelector"), "security groups", found);
    Texts.text(object.tree(), "spec", "instanceProfile")
        .ifPresent(p -> found.claim(EffectKind.NODE_DISCOVERY, "instance profile " + p));
  }

  private static void tags(Map<?, ?> tags, String what, Found found) {
    tags.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          if (name.contains("cluster") || name.contains("discovery")) {
            found.claim(
                EffectKind.NODE_DISCOVERY, "%s with tag %s=%s".formatted(what, name, value));
          }
        });
  }
}
