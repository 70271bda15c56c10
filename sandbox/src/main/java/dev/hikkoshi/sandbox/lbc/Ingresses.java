package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.ec2.Network;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns Ingresses of class {@code alb} into load balancers, and takes them away. */
final class Ingresses {

  static final String FINALIZER = "ingress.k8s.aws/resources";
  private static final String CLASS = "alb";
  private static final String NAME_LABEL = "ingress.k8s.aws/stack-name";
  private static final String NAMESPACE_LABEL = "ingress.k8s.aws/stack-namespace";

  private final Inside inside;
  private final Deployer deployer;
  private final Bindings.Lookup lookup;
  private final String cluster;
  private final Network network;

  Ingresses(
      Inside inside, Deployer deployer, Bindings.Lookup lookup, String cluster, Network network) {
    this.inside = inside;
    this.deployer = deployer;
    this.lookup = lookup;
    this.cluster = cluster;
    this.network = network;
  }

  private static boolean ours(Ingress ingress) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(ingress.getMetadata().getAnnotations(), Map.of());
    return CLASS.equals(ingress.getSpec().getIngressClassName())
        || CLASS.equals(annotations.get("kubernetes.io/ingress.class"));
  }

  private static String id(Ingress ingress) {
    return ingress.getMetadata().getNamespace() + "/" + ingress.getMetadata().getName();
  }

  /**
   * Does what is to be done for one Ingress.
   *
   * @throws Refused where it asks for what cannot be, or is not played
   */
  void reconcile(Ingress ingress) throws Refused {
    boolean deleting = ingress.getMetadata().getDeletionTimestamp() != null;
    if (deleting || !ours(ingress)) {
      if (ingress.getMetadata().getFinalizers().contains(FINALIZER)) {
        takeAway(ingress);
      }
      return;
    }
    Stack stack =
        StackBuilder.build(
            cluster,
            network,
            ingress,
            name -> lookup.service(ingress.getMetadata().getNamespace(), name));
    inside.addFinalizer(ingress, FINALIZER);
    Deployer.Deployed deployed = deployer.deploy(stack);
    bind(ingress, stack, deployed.groupArns());
    deployer.sweep(stack.id(), deployed.groupArns().keySet());
    tell(ingress, deployed.dnsName());
  }

  private void takeAway(Ingress ingress) {
    String id = id(ingress);
    deployer.deleteBalancer(id);
    bindings(ingress).forEach(binding -> inside.client().resource(binding).delete());
    deployer.sweep(id, Set.of());
    inside.removeFinalizer(ingress, FINALIZER);
    inside.forget(ingress);
  }

  private List<GenericKubernetesResource> bindings(Ingress ingress) {
    return inside
        .bindings()
        .inNamespace(ingress.getMetadata().getNamespace())
        .withLabels(labels(ingress))
        .list()
        .getItems();
  }

  private static Map<String, String> labels(Ingress ingress) {
    return Map.of(
        NAME_LABEL,
        ingress.getMetadata().getName(),
        NAMESPACE_LABEL,
        ingress.getMetadata().getNamespace());
  }

  /** A binding for each group, under the group's name, as the controller makes them. */
  private void bind(Ingress ingress, Stack stack, Map<String, String> arns) {
    Map<String, GenericKubernetesResource> there =
        bindings(ingress).stream()
            .collect(Collectors.toMap(b -> b.getMetadata().getName(), b -> b));
    for (Stack.Group group : stack.groups()) {
      GenericKubernetesResource wanted =
          binding(ingress, group, Objects.requireNonNull(arns.get(group.name())));
      GenericKubernetesResource before = there.remove(group.name());
      if (before == null || !Objects.equals(before.get("spec"), wanted.get("spec"))) {
        inside.client().resource(wanted).forceConflicts().serverSideApply();
      }
    }
    there.values().forEach(binding -> inside.client().resource(binding).delete());
  }

  private static GenericKubernetesResource binding(Ingress ingress, Stack.Group group, String arn) {
    Map<String, Object> reference = new LinkedHashMap<>();
    reference.put("name", group.service());
    reference.put(
        "port",
        group.servicePort().getIntVal() == null
            ? group.servicePort().getStrVal()
            : group.servicePort().getIntVal());
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("serviceRef", reference);
    spec.put("targetGroupARN", arn);
    spec.put("targetType", "ip");
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("elbv2.k8s.aws/v1beta1")
        .withKind("TargetGroupBinding")
        .withNewMetadata()
        .withName(group.name())
        .withNamespace(ingress.getMetadata().getNamespace())
        .withLabels(labels(ingress))
        .endMetadata()
        .addToAdditionalProperties("spec", spec)
        .build();
  }

  private void tell(Ingress ingress, String hostname) {
    boolean known =
        ingress.getStatus() != null
            && ingress.getStatus().getLoadBalancer() != null
            && ingress.getStatus().getLoadBalancer().getIngress().stream()
                .anyMatch(entry -> hostname.equals(entry.getHostname()));
    if (!known) {
      inside.status(
          ingress,
          Map.of("loadBalancer", Map.of("ingress", List.of(Map.of("hostname", hostname)))));
    }
    inside.say(ingress, "Normal", "SuccessfullyReconciled", "Successfully reconciled");
  }
}
