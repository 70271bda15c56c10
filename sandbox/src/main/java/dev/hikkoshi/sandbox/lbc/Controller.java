package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.InsideCalls;
import dev.hikkoshi.sandbox.cluster.ClusterAccess;
import dev.hikkoshi.sandbox.cluster.Watches;
import dev.hikkoshi.sandbox.elb.Elb;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.cache.Store;
import java.lang.System.Logger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** The load balancer controller of one cluster: watches, and one worker that reconciles in turn. */
final class Controller implements AutoCloseable, Bindings.Lookup {

  private static final Logger LOG = System.getLogger(Controller.class.getName());
  private static final String SERVICE_LABEL = "kubernetes.io/service-name";
  private static final String NLB = "service.k8s.aws/nlb";

  private final Inside inside;
  private final Watches watches;
  private final WorkQueue queue;
  private final Bindings bindings;
  private final Ingresses ingresses;
  private final Store<Service> services;
  private final Store<EndpointSlice> slices;
  private final Store<GenericKubernetesResource> bound;
  private final Store<Ingress> wanted;

  /** Installs it and begins; returns when it knows what is there, or leaves no watch behind. */
  static Controller begin(RegionContext region, ClusterAccess cluster) {
    Watches watches = new Watches();
    try {
      return new Controller(region, cluster, watches);
    } catch (RuntimeException e) {
      watches.close();
      throw e;
    }
  }

  private Controller(RegionContext region, ClusterAccess cluster, Watches watches) {
    this.watches = watches;
    inside = new Inside(cluster, region.clock());
    inside.install();
    ElbCalls elb =
        new ElbCalls(
            region.find(Elb.class), region.find(InsideCalls.class), principal(region, cluster));
    Deployer deployer = new Deployer(elb, cluster.name(), region.network().vpcId());
    bindings = new Bindings(inside, elb, this);
    ingresses = new Ingresses(inside, deployer, this, cluster.name(), region.network());
    queue = new WorkQueue("load-balancer-controller " + cluster.name(), region.timers());
    var client = cluster.client();
    services =
        watches
            .begin(client.services().inAnyNamespace(), new Each<>(this::serviceChanged))
            .getStore();
    slices =
        watches
            .begin(
                client.discovery().v1().endpointSlices().inAnyNamespace(),
                new Each<>(this::sliceChanged))
            .getStore();
    bound =
        watches
            .begin(inside.bindings().inAnyNamespace(), new Each<>(this::bindingChanged))
            .getStore();
    wanted =
        watches
            .begin(
                client.network().v1().ingresses().inAnyNamespace(),
                new Each<>(this::ingressChanged))
            .getStore();
    queue.start();
  }

  private static AwsRequest.Principal principal(RegionContext region, ClusterAccess cluster) {
    return new AwsRequest.Principal(
        "arn:aws:sts::%s:assumed-role/load-balancer-controller/%s"
            .formatted(region.accountId(), cluster.name()),
        "AROASANDBOXLBCONTRL01:" + cluster.name());
  }

  /** A handler that does the same on every change. */
  private record Each<T>(Consumer<T> then) implements ResourceEventHandler<T> {
    @Override
    public void onAdd(T object) {
      then.accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
      then.accept(object);
    }

    @Override
    public void onDelete(T object, boolean unknown) {
      then.accept(object);
    }
  }

  private static String key(HasMetadata object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  private void bindingChanged(GenericKubernetesResource binding) {
    String key = key(binding);
    queue.add("binding " + key, () -> reconcile(bound, key, bindings::reconcile));
  }

  private void ingressChanged(Ingress ingress) {
    String key = key(ingress);
    queue.add("ingress " + key, () -> reconcile(wanted, key, ingresses::reconcile));
  }

  private void sliceChanged(EndpointSlice slice) {
    Map<String, String> labels =
        Objects.requireNonNullElse(slice.getMetadata().getLabels(), Map.of());
    touchBindings(slice.getMetadata().getNamespace(), labels.getOrDefault(SERVICE_LABEL, ""));
  }

  private void touchBindings(String namespace, String service) {
    Store<GenericKubernetesResource> known = bound;
    if (known == null) {
      // It is still starting: each binding is looked at when the watch of bindings begins.
      return;
    }
    known.list().stream()
        .filter(binding -> binding.getMetadata().getNamespace().equals(namespace))
        .filter(binding -> Bindings.service(binding).equals(service))
        .forEach(this::bindingChanged);
  }

  private void serviceChanged(Service service) {
    String namespace = service.getMetadata().getNamespace();
    touchBindings(namespace, service.getMetadata().getName());
    Store<Ingress> known = wanted;
    if (known != null) {
      known.list().stream()
          .filter(ingress -> ingress.getMetadata().getNamespace().equals(namespace))
          .forEach(this::ingressChanged);
    }
    if (NLB.equals(service.getSpec().getLoadBalancerClass())
        && service.getMetadata().getDeletionTimestamp() == null) {
      queue.add(
          "service " + key(service),
          () ->
              inside.say(
                  service,
                  "Warning",
                  "FailedBuildModel",
                  "the sandbox does not play network load balancers"));
    }
  }

  /** Reconciles an object as it is known now. */
  @FunctionalInterface
  private interface Reconciler<T> {
    void reconcile(T object) throws Refused;
  }

  private <T extends HasMetadata> void reconcile(
      Store<T> store, String key, Reconciler<T> reconciler) throws WorkQueue.Again {
    T object = store.getByKey(key);
    if (object == null) {
      return;
    }
    try {
      reconciler.reconcile(object);
    } catch (Refused e) {
      String reason = object instanceof Ingress ? "FailedBuildModel" : "FailedReconcile";
      inside.say(object, "Warning", reason, String.valueOf(e.getMessage()));
      if (e.later()) {
        throw new WorkQueue.Again();
      }
    } catch (AwsException e) {
      String reason = object instanceof Ingress ? "FailedDeployModel" : "BackendFailure";
      inside.say(object, "Warning", reason, "%s: %s".formatted(e.code(), e.getMessage()));
      throw new WorkQueue.Again();
    } catch (KubernetesClientException e) {
      LOG.log(Logger.Level.DEBUG, () -> "once more: " + key, e);
      throw new WorkQueue.Again();
    }
  }

  @Override
  public Optional<Service> service(String namespace, String name) {
    return Optional.ofNullable(services.getByKey(namespace + "/" + name))
        .filter(service -> service.getMetadata().getDeletionTimestamp() == null);
  }

  @Override
  public Collection<EndpointSlice> slices(String namespace, String service) {
    List<EndpointSlice> all = slices.list();
    return all.stream()
        .filter(slice -> slice.getMetadata().getNamespace().equals(namespace))
        .filter(
            slice ->
                slice.getMetadata().getLabels() != null
                    && service.equals(slice.getMetadata().getLabels().get(SERVICE_LABEL)))
        .toList();
  }

  /** Ends; what it made in AWS stays. */
  @Override
  public void close() {
    watches.close();
    queue.close();
  }
}
