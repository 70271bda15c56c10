package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.cluster.Watches;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All kubelets of one cluster: lets scheduled pods live, and ends those of nodes that went. */
final class Kubelet implements AutoCloseable {

  private static final Set<String> TERMINAL = Set.of("Succeeded", "Failed");
  private static final Duration BACK = Duration.ofSeconds(10);

  private final KubeletGround ground;
  private final Map<String, PodLife> lives = new ConcurrentHashMap<>();
  private final Watches watches = new Watches();
  private @Nullable SharedIndexInformer<Node> nodes;
  private volatile boolean closed;

  Kubelet(KubeletGround ground) {
    this.ground = ground;
  }

  /** Begins to watch, once; returns when the pods that ran before answer again. */
  synchronized void start() {
    if (nodes != null) {
      return;
    }
    KubernetesClient client = ground.cluster().client();
    nodes = watches.begin(client.nodes(), new NodeHandler());
    var scheduled = client.pods().inAnyNamespace().withoutField("spec.nodeName", "");
    var pods = watches.begin(scheduled, new PodHandler());
    pods.getStore().list().forEach(this::seen);
    lives.values().forEach(life -> life.awaitAnswering(BACK));
  }

  private void seen(Pod pod) {
    if (closed) {
      return;
    }
    String uid = pod.getMetadata().getUid();
    PodLife known = lives.get(uid);
    if (known != null) {
      known.seen(pod);
      return;
    }
    if (TERMINAL.contains(String.valueOf(pod.getStatus().getPhase()))) {
      return;
    }
    Optional<String> hostIp = hostIp(pod.getSpec().getNodeName());
    if (hostIp.isEmpty()) {
      // Its node is gone: the controller manager collects it.
      return;
    }
    PodLife fresh = new PodLife(ground, pod, hostIp.get());
    if (lives.putIfAbsent(uid, fresh) == null) {
      fresh.begin();
    }
  }

  private Optional<String> hostIp(String name) {
    SharedIndexInformer<Node> known = nodes;
    Node node = known == null ? null : known.getStore().getByKey(name);
    if (node == null) {
      // The watch of pods may be ahead of that of nodes.
      node = ground.cluster().client().nodes().withName(name).get();
    }
    return Optional.ofNullable(node)
        .flatMap(
            n ->
                n.getStatus().getAddresses().stream()
                    .filter(address -> address.getType().equals("InternalIP"))
                    .map(NodeAddress::getAddress)
                    .findFirst());
  }

  private void gone(Pod pod) {
    PodLife life = lives.remove(pod.getMetadata().getUid());
    if (life != null) {
      life.go();
    }
  }

  int pods() {
    return lives.size();
  }

  /** Ends all of it at once; what the API server knows of the pods stays. */
  @Override
  public void close() {
    closed = true;
    watches.close();
    lives.values().forEach(PodLife::go);
    lives.clear();
    ground.addresses().close();
    ground.prober().close();
  }

  private final class PodHandler implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      seen(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      if (!before.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
        gone(before);
      }
      seen(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean unknown) {
      gone(pod);
    }
  }

  private final class NodeHandler implements ResourceEventHandler<Node> {
    @Override
    public void onAdd(Node node) {}

    @Override
    public void onUpdate(Node before, Node node) {}

    @Override
    public void onDelete(Node node, boolean unknown) {
      lives.values().stream()
          .filter(life -> life.node().equals(node.getMetadata().getName()))
          .forEach(PodLife::go);
    }
  }
}
