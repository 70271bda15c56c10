package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.RegionContext;
import dev.hikkoshi.sandbox.Timers;
import dev.hikkoshi.sandbox.cloudwatch.MetricStore;
import dev.hikkoshi.sandbox.elb.Elb;
import dev.hikkoshi.sandbox.elb.ElbState;
import dev.hikkoshi.sandbox.elb.HealthView;
import dev.hikkoshi.sandbox.elb.LoadBalancer;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import dev.hikkoshi.sandbox.elb.TargetHealth;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All load balancers at work. Follows {@link Elb}; thread-safe. */
public final class Plane implements Elb.Listener, HealthView, AutoCloseable {

  /** Connections to a target that nobody uses are closed before a target would close them. */
  private static final int KEEP_ALIVE_SECONDS = 15;

  private static final int CONNECTIONS_PER_TARGET = 1024;

  private final RegionContext region;
  private final Sockets sockets;
  private final HttpProber prober;
  private final HealthChecks health;
  private final InFlight inFlight = new InFlight();
  private final HttpClient plain;
  private final HttpClient secure;
  private final Map<String, Balancer> balancers = new LinkedHashMap<>();
  private final Map<String, String> notOpen = new HashMap<>();
  private final Timers.Timer sampling;
  private @Nullable Elb engine;
  private Timers.@Nullable Timer draining;
  private ElbState state = ElbState.empty();
  private boolean closed;

  /** A plane without load balancers; {@link #follow} gives it some. */
  public Plane(RegionContext region) {
    this.region = region;
    this.sockets = new Sockets(region.vertx(), new Ports(region.state()), region.ca());
    this.prober = new HttpProber(region.vertx());
    this.health = new HealthChecks(region.physics(), region.timers(), prober, this::refresh);
    this.plain = client(false);
    this.secure = client(true);
    this.sampling =
        region
            .timers()
            .every(region.physics().metricPeriod(), "load balancer metrics", this::sample);
  }

  private HttpClient client(boolean tls) {
    return region
        .vertx()
        .createHttpClient(
            new HttpClientOptions()
                .setSsl(tls)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setConnectTimeout((int) Duration.ofSeconds(10).toMillis())
                .setMaxHeaderSize(Sockets.HEADER_BYTES)
                .setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_TARGET));
  }

  /** Carries requests as the engine says, from now on. */
  public void follow(Elb elb) {
    synchronized (this) {
      engine = elb;
    }
    elb.listen(this);
  }

  @Override
  public synchronized void changed(ElbState next) {
    if (closed) {
      return;
    }
    state = next;
    health.follow(next);
    balancers
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !next.loadBalancers().containsKey(entry.getKey());
              if (gone) {
                entry.getValue().close();
                sockets.forget(entry.getValue().view().balancer());
              }
              return gone;
            });
    notOpen.keySet().retainAll(next.listeners().keySet());
    next.loadBalancers()
        .values()
        .forEach(
            b -> balancers.computeIfAbsent(b.arn(), arn -> balancer(b)).follow(next, b, health));
    inFlight.keepOnly(
        next.groups().values().stream()
            .flatMap(g -> g.targets().stream().map(t -> new InFlight.Key(g.arn(), t.address())))
            .collect(Collectors.toSet()));
    drain(next);
  }

  private Balancer balancer(LoadBalancer balancer) {
    IntUnaryOperator random = bound -> ThreadLocalRandom.current().nextInt(bound);
    BalancerMetrics metrics =
        new BalancerMetrics(() -> region.find(MetricStore.class), balancer.dimension());
    return new Balancer(
        balancer,
        sockets,
        new Forwarder.Upstream(
            region.vertx(), plain, secure, metrics, inFlight, region.clock(), random),
        (listener, why) -> {
          notOpen.put(listener.arn(), why);
          region.events().note("listener-not-open", Map.of("listener", listener.arn(), "why", why));
        });
  }

  /** Lets drained targets go when the next deregistration ends. */
  private void drain(ElbState next) {
    if (draining != null) {
      draining.cancel();
      draining = null;
    }
    Optional<Instant> first =
        next.groups().values().stream()
            .flatMap(group -> group.targets().stream())
            .map(TargetGroup.Target::drainingUntil)
            .filter(Objects::nonNull)
            .min(Instant::compareTo);
    if (first.isEmpty()) {
      return;
    }
    Duration delay = Duration.between(region.clock().instant(), first.get());
    draining =
        region
            .timers()
            .after(
                delay.isNegative() ? Duration.ZERO : delay,
                "deregistration",
                () -> Objects.requireNonNull(engine).drained(region.clock().instant()));
  }

  private synchronized void refresh() {
    balancers
        .values()
        .forEach(balancer -> balancer.refresh(state, balancer.view().balancer(), health));
  }

  private synchronized void sample() {
    balancers.values().forEach(Balancer::sample);
  }

  @Override
  public TargetHealth of(String groupArn, TargetGroup.Address target) {
    return health.of(groupArn, target);
  }

  /**
   * Whether EvaluateTargetHealth calls the load balancer healthy: every group that has targets has
   * a healthy one, and some group has targets ("How Route 53 determines whether an alias record
   * that evaluates target health is healthy"); without groups there is nothing that could be sick.
   */
  public synchronized boolean healthy(LoadBalancer balancer) {
    Balancer at = balancers.get(balancer.arn());
    if (at == null) {
      return false;
    }
    List<Targets> groups = List.copyOf(at.view().targets().values());
    List<Targets> filled = groups.stream().filter(g -> g.registered() > 0).toList();
    return groups.isEmpty() || !filled.isEmpty() && filled.stream().allMatch(g -> g.healthy() > 0);
  }

  /** Where the listeners of a load balancer really are: real ports by listener port. */
  public synchronized Map<Integer, Integer> ports(LoadBalancer balancer) {
    Balancer at = balancers.get(balancer.arn());
    return at == null ? Map.of() : at.ports();
  }

  /** Listeners that could not be opened, by ARN, and why. */
  public synchronized Map<String, String> notOpen() {
    return Map.copyOf(notOpen);
  }

  @Override
  public synchronized void close() {
    closed = true;
    sampling.cancel();
    if (draining != null) {
      draining.cancel();
    }
    health.close();
    balancers.values().forEach(Balancer::close);
    balancers.clear();
    prober.close();
    plain.close().onComplete(done -> {});
    secure.close().onComplete(done -> {});
  }
}
