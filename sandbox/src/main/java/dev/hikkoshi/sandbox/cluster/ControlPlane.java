package dev.hikkoshi.sandbox.cluster;

import dev.hikkoshi.sandbox.Events;
import dev.hikkoshi.sandbox.net.Vpc;
import dev.hikkoshi.sandbox.process.Child;
import dev.hikkoshi.sandbox.process.ChildSpec;
import dev.hikkoshi.sandbox.process.Children;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one control plane: API server, controller manager, scheduler and, where there
 * are nodes, kwok. A process that ends by itself is started again.
 */
final class ControlPlane implements AutoCloseable {

  private static final Duration READY = Duration.ofMinutes(3);
  private static final Duration GRACE = Duration.ofMillis(1_500);
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int MOST_REQUESTS = 500;

  /** Ten seconds are the default: an API server on a machine with much to do takes longer. */
  private static final int MOST_MILLIS = 30_000;

  /** What all control planes share. */
  record Ground(
      Children children,
      Binaries binaries,
      Etcd etcd,
      Events events,
      InstantSource clock,
      TokenUrls tokens) {}

  /** Where the API server of a cluster asks about tokens. */
  @FunctionalInterface
  interface TokenUrls {
    String of(String cluster);
  }

  private final Ground ground;
  private final PlaneRecord record;
  private final ClusterFiles files;
  private final List<Child> processes = new ArrayList<>();
  private volatile @Nullable KubernetesClient client;
  private @Nullable EgressGate gate;
  private volatile boolean closing;

  ControlPlane(Ground ground, PlaneRecord record, ClusterFiles files) {
    this.ground = ground;
    this.record = record;
    this.files = files;
  }

  String endpoint() {
    return "https://127.0.0.1:" + record.port();
  }

  String caPem() {
    try {
      return files.caPem();
    } catch (IOException e) {
      throw new UncheckedIOException("no certificate of cluster " + record.spec().name(), e);
    }
  }

  ClusterAccess access() {
    KubernetesClient ready = client;
    if (ready == null) {
      throw new IllegalStateException(record.spec().name() + " is not started");
    }
    return new ClusterAccess(
        record.spec().name(),
        record.spec().arn(),
        record.spec().minor(),
        endpoint(),
        Vpc.podCidr(record.number()),
        files.kubeconfig(),
        files.audit(),
        ready);
  }

  /** Starts everything and waits until the API server is ready and the controllers work. */
  void start() {
    try {
      files.certificates(record.spec(), endpoint(), ground.clock());
      Path socket = files.egressSocket();
      gate = EgressGate.open(record.spec().name(), socket, ground.events(), () -> client);
      files.configuration(socket, ground.tokens().of(record.spec().name()));
    } catch (IOException e) {
      throw new UncheckedIOException("could not write files for " + record.spec().name(), e);
    }
    KubernetesClient fresh = client(Config.fromKubeconfig(files.kubeconfig().toFile()));
    Child apiServer = launch("kube-apiserver", apiServer());
    Wait.until(
        record.spec().name() + "'s API server",
        READY,
        files.log("kube-apiserver"),
        apiServer,
        () -> "ok".equals(fresh.raw("/readyz")));
    client = fresh;
    Child controllers = launch("kube-controller-manager", controllerManager());
    if (record.nodes()) {
      launch("kube-scheduler", scheduler());
      launch("kwok", kwok());
    }
    // The default service account is the work of the controller manager: without it no pod is let
    // in.
    Wait.until(
        record.spec().name() + "'s controller manager",
        READY,
        files.log("kube-controller-manager"),
        controllers,
        () -> fresh.serviceAccounts().inNamespace("default").withName("default").get() != null);
  }

  /**
   * A client that asks as often as it is told to and sends nothing again by itself: who made
   * something and got no answer must look.
   */
  static KubernetesClient client(Config config) {
    // A proxy of the user's environment must not stand between two processes of this machine.
    config.setHttpProxy(null);
    config.setHttpsProxy(null);
    config.setHttp2Disable(true);
    config.setMaxConcurrentRequests(MOST_REQUESTS);
    config.setMaxConcurrentRequestsPerHost(MOST_REQUESTS);
    config.setRequestRetryBackoffLimit(0);
    config.setRequestTimeout(MOST_MILLIS);
    return new KubernetesClientBuilder()
        .withConfig(config)
        .withHttpClientFactory(new JdkHttpClientFactory())
        .build();
  }

  private Child launch(String process, List<String> command) {
    String name = record.spec().name() + "/" + process;
    Map<String, String> environment =
        Map.of("HOME", files.directory().toString(), "GOMAXPROCS", "2");
    Child child =
        ground
            .children()
            .start(
                new ChildSpec(name, command, environment, files.directory(), files.log(process)));
    synchronized (processes) {
      processes.add(child);
    }
    var _ = child.exit().thenAccept(code -> ended(process, command, child, code));
    return child;
  }

  private void ended(String process, List<String> command, Child child, int code) {
    synchronized (processes) {
      processes.remove(child);
    }
    if (closing || client == null) {
      return;
    }
    ground
        .events()
        .note(
            "process-ended",
            Map.of("cluster", record.spec().name(), "process", process, "code", code));
    Thread.ofVirtual()
        .start(
            () -> {
              LockSupport.parkNanos(AGAIN.toNanos());
              if (!closing) {
                launchAgain(process, command);
              }
            });
  }

  /**
   * The sandbox may be closing all children at this very moment: then there is nothing to start.
   */
  private void launchAgain(String process, List<String> command) {
    try {
      launch(process, command);
    } catch (IllegalStateException e) {
      ground
          .events()
          .note(
              "process-not-started",
              Map.of(
                  "cluster", record.spec().name(),
                  "process", process,
                  "why", String.valueOf(e.getMessage())));
    }
  }

  private List<String> apiServer() {
    PlaneSpec spec = record.spec();
    return List.of(
        ground.binaries().apiServer(spec.minor()).toString(),
        "--etcd-servers=" + ground.etcd().url(),
        "--etcd-prefix=" + record.prefix(),
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--secure-port=" + record.port(),
        "--endpoint-reconciler-type=none",
        "--emulated-version=" + spec.minor(),
        "--tls-cert-file=" + files.file("server.pem"),
        "--tls-private-key-file=" + files.file("server-key.pem"),
        "--client-ca-file=" + files.file("ca.pem"),
        "--service-account-issuer=" + spec.issuer(),
        "--service-account-key-file=" + files.file("service-accounts.pem"),
        "--service-account-signing-key-file=" + files.file("service-accounts-key.pem"),
        "--authentication-token-webhook-config-file=" + files.file("tokens.yaml"),
        "--authentication-token-webhook-version=v1",
        "--authentication-token-webhook-cache-ttl=10s",
        "--authorization-mode=RBAC",
        "--allow-privileged=true",
        "--service-cluster-ip-range=" + spec.serviceCidr(),
        "--egress-selector-config-file=" + files.file("egress.yaml"),
        "--audit-policy-file=" + files.file("audit-policy.yaml"),
        "--audit-log-path=" + files.audit(),
        "--audit-log-maxsize=50",
        "--audit-log-maxbackup=2",
        "--profiling=false",
        "--shutdown-delay-duration=0s");
  }

  private List<String> controllerManager() {
    return List.of(
        ground.binaries().controllerManager().toString(),
        "--kubeconfig=" + files.kubeconfig(),
        "--service-account-private-key-file=" + files.file("service-accounts-key.pem"),
        "--root-ca-file=" + files.file("ca.pem"),
        "--cluster-signing-cert-file=" + files.file("ca.pem"),
        "--cluster-signing-key-file=" + files.file("ca-key.pem"),
        "--emulated-version=" + record.spec().minor(),
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--profiling=false");
  }

  private List<String> scheduler() {
    return List.of(
        ground.binaries().scheduler().toString(),
        "--kubeconfig=" + files.kubeconfig(),
        "--emulated-version=" + record.spec().minor(),
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--profiling=false");
  }

  private List<String> kwok() {
    return List.of(
        ground.binaries().kwok().toString(),
        "--kubeconfig=" + files.kubeconfig(),
        "--manage-all-nodes",
        // Without leases of theirs all nodes are NotReady, and all pods with them, after 50 s.
        "--node-lease-duration-seconds=40",
        "--cidr=" + Vpc.podCidr(record.number()),
        "--config=" + files.file("stages.yaml"),
        "--v=WARN");
  }

  /** Ends the processes; data and files stay. */
  @Override
  public void close() {
    closing = true;
    List<Child> running;
    synchronized (processes) {
      running = List.copyOf(processes);
    }
    List<Thread> stops =
        running.stream().map(c -> Thread.ofVirtual().start(() -> c.stop(GRACE))).toList();
    for (Thread stop : stops) {
      try {
        stop.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    KubernetesClient used = client;
    if (used != null) {
      used.close();
    }
    if (gate != null) {
      gate.close();
    }
  }
}
