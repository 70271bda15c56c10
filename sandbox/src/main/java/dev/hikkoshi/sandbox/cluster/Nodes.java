package dev.hikkoshi.sandbox.cluster;

import dev.hikkoshi.sandbox.cluster.ControlPlanes.NodeGroup;
import dev.hikkoshi.sandbox.cluster.ControlPlanes.Taint;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Nodes of node groups as objects; kwok keeps them alive. */
final class Nodes {

  static final String GROUP_LABEL = "eks.amazonaws.com/nodegroup";

  private static final Duration READY = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(100);

  private final String region;

  Nodes(String region) {
    this.region = region;
  }

  /** Makes the group as large as wanted. */
  void scale(ClusterAccess access, NodeGroup group, int wanted) {
    KubernetesClient client = access.client();
    List<Node> there = of(client, group.name());
    for (int i = there.size(); i < wanted; i++) {
      String zone = group.zones().get(i % group.zones().size());
      create(client, () -> node(access, group, zone));
    }
    List<Node> surplus =
        there.stream()
            .sorted(Comparator.comparing(node -> node.getMetadata().getName()))
            .skip(Math.max(0, Math.min(wanted, there.size())))
            .toList();
    surplus.forEach(node -> cordon(client, node));
    surplus.parallelStream().forEach(node -> remove(client, node));
    await(READY, () -> of(client, group.name()).stream().filter(Nodes::ready).count() == wanted);
  }

  /**
   * Sends a node until it is there, as a machine that registers itself does. After a lost answer
   * "already exists" may mean our own node; if it is another one, its address is taken and the next
   * is drawn.
   */
  private static void create(KubernetesClient client, Supplier<Node> draw) {
    long end = System.nanoTime() + READY.toNanos();
    Node node = draw.get();
    while (true) {
      try {
        client.resource(node).create();
        return;
      } catch (KubernetesClientException e) {
        boolean taken = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
        if (taken && there(client, node)) {
          return;
        }
        boolean again = (taken || unclear(e)) && System.nanoTime() < end;
        if (!again || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        if (taken) {
          node = draw.get();
        }
        LockSupport.parkNanos(STEP.toNanos());
      }
    }
  }

  private static boolean there(KubernetesClient client, Node wanted) {
    Node there = client.nodes().withName(wanted.getMetadata().getName()).get();
    return there != null
        && wanted.getSpec().getProviderID().equals(there.getSpec().getProviderID());
  }

  /** Whether the node may be there all the same: no answer came, or one that leaves it open. */
  private static boolean unclear(KubernetesClientException e) {
    return e.getCode() <= 0 || e.getCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
  }

  private static List<Node> of(KubernetesClient client, String group) {
    return client.nodes().withLabel(GROUP_LABEL, group).list().getItems();
  }

  private static boolean ready(Node node) {
    return node.getStatus().getConditions().stream()
        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
  }

  private Node node(ClusterAccess access, NodeGroup group, String zone) {
    InstanceTypes.Capacity capacity = InstanceTypes.of(group.instanceType()).orElseThrow();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // Node addresses lie in the subnets; nothing listens on them.
    String ip = "10.0.%d.%d".formatted(random.nextInt(64), 4 + random.nextInt(250));
    String name = "ip-%s.%s.compute.internal".formatted(ip.replace('.', '-'), region);
    String instance = "i-0" + HexFormat.of().toHexDigits(random.nextLong());
    Map<String, Quantity> size =
        Map.of(
            "cpu", new Quantity(String.valueOf(capacity.cpus())),
            "memory", new Quantity(capacity.memoryGib() + "Gi"),
            "ephemeral-storage", new Quantity("20Gi"),
            "pods", new Quantity(String.valueOf(capacity.pods())));
    String version = "v" + access.client().getKubernetesVersion().getGitVersion().substring(1);
    return new NodeBuilder()
        .withNewMetadata()
        .withName(name)
        .withLabels(labels(group, zone, name, capacity))
        .addToAnnotations("kwok.x-k8s.io/node", "fake")
        .endMetadata()
        .withNewSpec()
        .withProviderID("aws:///" + zone + "/" + instance)
        .addAllToTaints(group.taints().stream().map(Nodes::taint).toList())
        .endSpec()
        .withNewStatus()
        .withAllocatable(size)
        .withCapacity(size)
        .addNewAddress(ip, "InternalIP")
        .addNewAddress(name, "Hostname")
        .withNewNodeInfo()
        .withArchitecture(capacity.architecture())
        .withOperatingSystem("linux")
        .withKubeletVersion(version)
        .withKubeProxyVersion(version)
        .withContainerRuntimeVersion("containerd://2.1.5")
        .withKernelVersion("6.12.0")
        .withOsImage("Amazon Linux 2023 (played)")
        .withMachineID("")
        .withBootID("")
        .withSystemUUID("")
        .endNodeInfo()
        .endStatus()
        .build();
  }

  private Map<String, String> labels(
      NodeGroup group, String zone, String name, InstanceTypes.Capacity capacity) {
    Map<String, String> labels = new HashMap<>(group.labels());
    labels.put(GROUP_LABEL, group.name());
    labels.put("eks.amazonaws.com/capacityType", group.capacityType());
    labels.put("node.kubernetes.io/instance-type", group.instanceType());
    labels.put("topology.kubernetes.io/region", region);
    labels.put("topology.kubernetes.io/zone", zone);
    labels.put("kubernetes.io/hostname", name);
    labels.put("kubernetes.io/os", "linux");
    labels.put("kubernetes.io/arch", capacity.architecture());
    return labels;
  }

  private static io.fabric8.kubernetes.api.model.Taint taint(Taint taint) {
    return new io.fabric8.kubernetes.api.model.TaintBuilder()
        .withKey(taint.key())
        .withValue(taint.value())
        .withEffect(taint.effect())
        .build();
  }

  private static void cordon(KubernetesClient client, Node node) {
    client
        .nodes()
        .withName(node.getMetadata().getName())
        .edit(n -> new NodeBuilder(n).editSpec().withUnschedulable(true).endSpec().build());
  }

  /**
   * Evicts, which respects disruption budgets, for a while; then the node goes, with what is left.
   */
  private static void remove(KubernetesClient client, Node node) {
    String name = node.getMetadata().getName();
    await(
        DRAIN,
        () -> {
          List<Pod> left = pods(client, name).stream().filter(Nodes::movable).toList();
          left.forEach(pod -> evict(client, pod));
          return left.isEmpty();
        });
    client.nodes().withName(name).delete();
    pods(client, name).forEach(pod -> client.resource(pod).withGracePeriod(0).delete());
  }

  private static List<Pod> pods(KubernetesClient client, String node) {
    return client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems();
  }

  private static boolean movable(Pod pod) {
    return pod.getMetadata().getOwnerReferences().stream()
        .noneMatch(owner -> owner.getKind().equals("DaemonSet"));
  }

  private static void evict(KubernetesClient client, Pod pod) {
    try {
      client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .evict();
    } catch (KubernetesClientException e) {
      // A disruption budget says no (429): it is asked again.
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Duration limit, Condition condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds()
        && System.nanoTime() < end
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
