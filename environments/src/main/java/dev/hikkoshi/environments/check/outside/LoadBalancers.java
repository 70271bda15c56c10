package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.Arrays;
import java.util.Optional;

/** The AWS Load Balancer Controller, and what objects ask of it. */
final class LoadBalancers implements Detector {

  private static final String ALB = "alb.ingress.kubernetes.io/";
  private static final String NLB = "service.beta.kubernetes.io/aws-load-balancer-";

  @Override
  public void look(Manifest object, Surroundings around, Found found) {
    object
        .annotation(ALB + "load-balancer-name")
        .or(() -> object.annotation(NLB + "name"))
        .ifPresent(name -> found.claim(EffectKind.LOAD_BALANCER_NAME, "load balancer " + name));
    object
        .annotation(ALB + "group.name")
        .ifPresent(name -> found.claim(EffectKind.INGRESS_GROUP, "Ingress group " + name));
    object.annotation(NLB + "eip-allocations").ifPresent(ids -> addresses(ids, found));
    switch (object.kind()) {
      case "TargetGroupBinding" -> binding(object, found);
      case "IngressClassParams" ->
          Texts.text(object.tree(), "spec", "group", "name")
              .ifPresent(name -> found.claim(EffectKind.INGRESS_GROUP, "Ingress group " + name));
      case "LoadBalancerConfiguration" ->
          Texts.text(object.tree(), "spec", "loadBalancerName")
              .ifPresent(n -> found.claim(EffectKind.LOAD_BALANCER_NAME, "load balancer " + n));
      default -> controller(object, found);
    }
  }

  private static void addresses(String ids, Found found) {
    Arrays.stream(ids.split(","))
        .map(String::strip)
        .filter(id -> !id.isEmpty())
        .forEach(id -> found.claim(EffectKind.ADDRESS, "elastic IP address " + id));
  }

  private static void binding(Manifest object, Found found) {
    boolean many =
        Texts.text(object.tree(), "spec", "multiClusterTargetGroup")
            .filter("true"::equals)
            .isPresent();
    Optional<String> group =
        Texts.text(object.tree(), "spec", "targetGroupARN")
            .or(() -> Texts.text(object.tree(), "spec", "targetGroupName"));
    if (!many) {
      group.ifPresent(g -> found.claim(EffectKind.TARGET_GROUP, "target group " + g));
    }
  }

  private static void controller(Manifest object, Found found) {
    for (Pods.Container container : Pods.of(object).containers()) {
      if (container.image("load-balancer-controller")) {
        container
            .flag("--cluster-name")
            .ifPresent(
                name ->
                    found.claim(
                        EffectKind.CONTROLLER_IDENTITY,
                        "load balancer controller for cluster " + name));
      }
    }
  }
}
