package dev.hikkoshi.sandbox.cluster;

import dev.hikkoshi.sandbox.Events;
import dev.hikkoshi.sandbox.net.Ports;
import dev.hikkoshi.sandbox.process.Children;
import dev.hikkoshi.sandbox.state.PrivateFiles;
import dev.hikkoshi.sandbox.state.StateStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/** Control planes as processes of this machine. */
public final class LocalControlPlanes implements ControlPlanes, AutoCloseable {

  /** The name of the control plane that is no cluster of the account. */
  public static final String MANAGEMENT = "management";

  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final String COUNTER = "clusters/counter";
  private static final String PLANES = "clusters/plane/";

  private final ControlPlane.Ground ground;
  private final StateStore state;
  private final Path directory;
  private final Nodes nodes;
  private final Map<String, ControlPlane> running = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Listeners listeners = new Listeners(BETWEEN_TRIES);

  /** How many clusters were ever built. */
  record Counter(int next) {}

  private LocalControlPlanes(
      ControlPlane.Ground ground, StateStore state, Path directory, Nodes nodes) {
    this.ground = ground;
    this.state = state;
    this.directory = directory;
    this.nodes = nodes;
  }

  /**
   * Starts etcd. Control planes that were kept come back with {@link #restore}.
   *
   * @param directory where their files go
   * @param tokenBase the URL below which an API server asks about tokens, per cluster
   */
  public static LocalControlPlanes start(
      Children children,
      Binaries binaries,
      StateStore state,
      Path directory,
      Events events,
      InstantSource clock,
      String region,
      String tokenBase) {
    try {
      PrivateFiles.directory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("could not make " + directory, e);
    }
    Etcd etcd = Etcd.start(children, binaries.etcd(), state, directory);
    var ground =
        new ControlPlane.Ground(
            children, binaries, etcd, events, clock, cluster -> tokenBase + "/" + cluster);
    return new LocalControlPlanes(ground, state, directory, new Nodes(region));
  }

  /** Adds a listener and tells it of the clusters that work already. */
  public void listen(ClusterListener listener) {
    listeners.add(listener);
    running.forEach(
        (name, plane) -> {
          if (!name.equals(MANAGEMENT)) {
            listeners.ready(listener, plane.access());
          }
        });
  }

  /** Brings back, side by side, all control planes that once were ready. */
  public void restore() {
    List<PlaneRecord> kept =
        state.names(PLANES).stream()
            .flatMap(name -> state.read(name, PlaneRecord.class).stream())
            .filter(record -> record.ready() && !record.spec().name().equals(MANAGEMENT))
            .toList();
    List<Thread> starts = new ArrayList<>();
    Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
    for (PlaneRecord record : kept) {
      starts.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      build(record.spec());
                    } catch (RuntimeException e) {
                      failures.put(record.spec().name(), e);
                    }
                  }));
    }
    starts.forEach(LocalControlPlanes::join);
    failures.values().stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts the control plane for a controller's own objects: no nodes, and nobody hears of it. */
  public ClusterAccess management(String minor) {
    var spec = new PlaneSpec(MANAGEMENT, "", minor, "10.110.0.0/16", "https://management.invalid");
    return launch(spec, false).access();
  }

  @Override
  public Plane build(PlaneSpec spec) {
    ReentrantLock lock = lock(spec.name());
    lock.lock();
    try {
      ControlPlane plane = launch(spec, true);
      listeners.ready(plane.access());
      PlaneRecord record = state.read(PLANES + spec.name(), PlaneRecord.class).orElseThrow();
      state.write(PLANES + spec.name(), record.nowReady());
      return new Plane(plane.endpoint(), plane.caPem());
    } finally {
      lock.unlock();
    }
  }

  private ControlPlane launch(PlaneSpec spec, boolean withNodes) {
    ControlPlane there = running.get(spec.name());
    if (there != null) {
      return there;
    }
    Instant begin = ground.clock().instant();
    PlaneRecord record =
        state.read(PLANES + spec.name(), PlaneRecord.class).orElseGet(() -> fresh(spec, withNodes));
    ControlPlane plane = new ControlPlane(ground, record, files(spec.name()));
    try {
      plane.start();
      AccessRoles.ensure(plane.access().client());
    } catch (RuntimeException e) {
      plane.close();
      throw e;
    }
    running.put(spec.name(), plane);
    long millis = Duration.between(begin, ground.clock().instant()).toMillis();
    ground
        .events()
        .note(
            "control-plane-ready",
            Map.of("cluster", spec.name(), "endpoint", plane.endpoint(), "millis", millis));
    return plane;
  }

  private PlaneRecord fresh(PlaneSpec spec, boolean withNodes) {
    int number = withNodes ? nextNumber() : 0;
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 8);
    String prefix = "/" + spec.name() + "-" + random;
    var record = new PlaneRecord(spec, number, Ports.free(), prefix, withNodes, false);
    state.write(PLANES + spec.name(), record);
    return record;
  }

  private synchronized int nextNumber() {
    int next = state.read(COUNTER, Counter.class).map(Counter::next).orElse(0);
    state.write(COUNTER, new Counter(next + 1));
    return next;
  }

  private ClusterFiles files(String name) {
    return new ClusterFiles(directory.resolve(name));
  }

  private ReentrantLock lock(String name) {
    return locks.computeIfAbsent(name, _ -> new ReentrantLock());
  }

  @Override
  public Optional<Plane> find(String name) {
    return Optional.ofNullable(running.get(name))
        .map(plane -> new Plane(plane.endpoint(), plane.caPem()));
  }

  /** How to reach the control planes that run, by name. */
  public Map<String, ClusterAccess> all() {
    Map<String, ClusterAccess> all = new LinkedHashMap<>();
    running.keySet().stream()
        .sorted()
        .forEach(name -> access(name).ifPresent(a -> all.put(name, a)));
    return all;
  }

  private Optional<ClusterAccess> access(String name) {
    return Optional.ofNullable(running.get(name)).map(ControlPlane::access);
  }

  @Override
  public void delete(String name) {
    ReentrantLock lock = lock(name);
    lock.lock();
    try {
      Optional<PlaneRecord> record = state.read(PLANES + name, PlaneRecord.class);
      ControlPlane plane = running.remove(name);
      if (plane != null) {
        listeners.deleting(plane.access());
        plane.close();
      }
      if (record.isPresent()) {
        ground.etcd().deletePrefix(record.get().prefix());
      }
      files(name).delete();
      state.delete(PLANES + name);
    } catch (IOException e) {
      throw new UncheckedIOException("could not delete the data of cluster " + name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while deleting " + name, e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void scale(String cluster, NodeGroup group, int wanted) {
    ClusterAccess access =
        access(cluster)
            .orElseThrow(() -> new IllegalStateException("cluster " + cluster + " is not running"));
    nodes.scale(access, group, wanted);
  }

  /** Ends all control planes and etcd; data stays. */
  @Override
  public void close() {
    List<Thread> stops =
        running.values().stream().map(plane -> Thread.ofVirtual().start(plane::close)).toList();
    stops.forEach(LocalControlPlanes::join);
    running.clear();
    ground.etcd().close();
  }

  /** Where the files of a control plane are, for people who want to read its logs. */
  public Optional<Path> logs(String name) {
    return Optional.of(directory.resolve(name)).filter(Files::isDirectory);
  }
}
