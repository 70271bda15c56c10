package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.elb.TargetGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps the targets of a group what the ready endpoints of a Service are. */
final class Bindings {

  static final String FINALIZER = "elbv2.k8s.aws/resources";

  /** "Targets: 200 per call" is the largest batch that the real controller sends. */
  private static final int BATCH = 200;

  private final Inside inside;
  private final ElbCalls elb;
  private final Lookup lookup;

  /** What the controller's watches know. */
  interface Lookup {
    Optional<Service> service(String namespace, String name);

    Collection<EndpointSlice> slices(String namespace, String service);
  }

  Bindings(Inside inside, ElbCalls elb, Lookup lookup) {
    this.inside = inside;
    this.elb = elb;
    this.lookup = lookup;
  }

  /** The Service that a binding names. */
  static String service(GenericKubernetesResource binding) {
    return text(binding.get("spec", "serviceRef", "name"));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /**
   * Does what is to be done for one binding.
   *
   * @throws Refused where it asks for what cannot be, or is not played
   */
  void reconcile(GenericKubernetesResource binding) throws Refused {
    String arn = text(binding.get("spec", "targetGroupARN"));
    Optional<TargetGroup> group = Optional.ofNullable(elb.state().groups().get(arn));
    if (binding.getMetadata().getDeletionTimestamp() != null) {
      if (binding.getMetadata().getFinalizers().contains(FINALIZER)) {
        group.ifPresent(g -> change(g, Set.of()));
        inside.removeFinalizer(binding, FINALIZER);
      }
      inside.forget(binding);
      return;
    }
    if ("instance".equals(text(binding.get("spec", "targetType")))) {
      throw Refused.forGood("the sandbox plays targetType 'ip', not 'instance'");
    }
    if (Boolean.TRUE.equals(binding.get("spec", "multiClusterTargetGroup"))) {
      throw Refused.forGood("the sandbox does not play multiClusterTargetGroup");
    }
    inside.addFinalizer(binding, FINALIZER);
    change(
        group.orElseThrow(() -> Refused.notYet("target group not found: " + arn)),
        endpoints(binding));
    observed(binding);
  }

  private Set<TargetGroup.Address> endpoints(GenericKubernetesResource binding) throws Refused {
    String namespace = binding.getMetadata().getNamespace();
    String name = service(binding);
    Object written = Objects.requireNonNull(binding.<Object>get("spec", "serviceRef", "port"));
    IntOrString wanted =
        written instanceof Number number
            ? new IntOrString(number.intValue())
            : new IntOrString(written.toString());
    Optional<Service> service = lookup.service(namespace, name);
    Optional<ServicePort> port = service.flatMap(s -> Targets.port(s, wanted));
    if (port.isEmpty()) {
      throw Refused.notYet(
          "port %s of service %s/%s not found"
              .formatted(StackBuilder.text(wanted), namespace, name));
    }
    return Targets.ready(port.get(), lookup.slices(namespace, name));
  }

  private void change(TargetGroup group, Set<TargetGroup.Address> wanted) {
    Set<TargetGroup.Address> there =
        group.registeredTargets().stream()
            .map(TargetGroup.Target::address)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    send("RegisterTargets", group, without(wanted, there));
    send("DeregisterTargets", group, without(there, wanted));
  }

  private static List<TargetGroup.Address> without(
      Set<TargetGroup.Address> all, Set<TargetGroup.Address> some) {
    return all.stream().filter(address -> !some.contains(address)).toList();
  }

  private void send(String operation, TargetGroup group, List<TargetGroup.Address> targets) {
    for (int from = 0; from < targets.size(); from += BATCH) {
      List<TargetGroup.Address> batch =
          new ArrayList<>(targets.subList(from, Math.min(from + BATCH, targets.size())));
      elb.call(operation).with("TargetGroupArn", group.arn()).targets(batch).send();
    }
  }

  private void observed(GenericKubernetesResource binding) {
    Long generation = binding.getMetadata().getGeneration();
    Object before = binding.get("status", "observedGeneration");
    if (!(before instanceof Number number) || number.longValue() != generation) {
      inside.status(binding, Map.of("observedGeneration", generation));
    }
  }
}
