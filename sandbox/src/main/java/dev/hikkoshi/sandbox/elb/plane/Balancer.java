package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.ElbState;
import dev.hikkoshi.sandbox.elb.HealthView;
import dev.hikkoshi.sandbox.elb.Listener;
import dev.hikkoshi.sandbox.elb.LoadBalancer;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * One load balancer at work: its open listeners and what they go by. Guarded by the plane's lock.
 */
final class Balancer {

  private final Sockets sockets;
  private final Forwarder.Upstream upstream;
  private final BiConsumer<Listener, String> notOpened;
  private final Map<String, Open> open = new LinkedHashMap<>();
  private final Map<String, AtomicInteger> turns = new HashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private volatile View view;

  /** A listener as it was opened: what needs another socket when it changes. */
  private record Open(HttpServer server, Kind kind, Set<String> hosts) {
    private record Kind(int port, boolean tls, String idle) {}

    static Kind kind(LoadBalancer balancer, Listener listener) {
      return new Kind(
          listener.port(), listener.tls(), balancer.attribute("idle_timeout.timeout_seconds"));
    }
  }

  Balancer(
      LoadBalancer balancer,
      Sockets sockets,
      Forwarder.Upstream upstream,
      BiConsumer<Listener, String> notOpened) {
    this.sockets = sockets;
    this.upstream = upstream;
    this.notOpened = notOpened;
    this.view = new View(balancer, Map.of(), Map.of());
  }

  View view() {
    return view;
  }

  /** Takes over what exists and what is healthy now, then opens and closes sockets. */
  void follow(ElbState state, LoadBalancer balancer, HealthView health) {
    refresh(state, balancer, health);
    Map<String, Listener> wanted = new LinkedHashMap<>();
    state.listenersOf(balancer.arn()).forEach(l -> wanted.put(l.arn(), l));
    open.entrySet()
        .removeIf(
            entry -> {
              Listener listener = wanted.get(entry.getKey());
              Open now = entry.getValue();
              boolean gone = listener == null || !Open.kind(balancer, listener).equals(now.kind());
              if (gone) {
                sockets.close(now.server());
              }
              return gone;
            });
    wanted.values().forEach(listener -> openOrRename(state, balancer, listener));
  }

  /** Takes over what exists and what is healthy now. */
  void refresh(ElbState state, LoadBalancer balancer, HealthView health) {
    Map<String, Routes> routes = new HashMap<>();
    state.listenersOf(balancer.arn()).forEach(l -> routes.put(l.arn(), Routes.of(state, l)));
    Map<String, Targets> targets = new HashMap<>();
    for (TargetGroup group : state.groupsOf(balancer.arn())) {
      AtomicInteger turn = turns.computeIfAbsent(group.arn(), arn -> new AtomicInteger());
      targets.put(group.arn(), Targets.of(group, health, turn));
    }
    turns.keySet().retainAll(targets.keySet());
    view = new View(balancer, routes, targets);
  }

  private void openOrRename(ElbState state, LoadBalancer balancer, Listener listener) {
    Set<String> hosts =
        state.rulesOf(listener.arn()).stream()
            .flatMap(rule -> rule.conditions().stream())
            .filter(condition -> condition.field().equals("host-header"))
            .flatMap(condition -> condition.values().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Open before = open.get(listener.arn());
    try {
      if (before == null) {
        Forwarder forwarder = new Forwarder(listener, this::view, upstream);
        HttpServer server = sockets.open(balancer, listener, hosts, forwarder, this::connected);
        open.put(listener.arn(), new Open(server, Open.kind(balancer, listener), hosts));
      } else if (listener.tls() && !before.hosts().equals(hosts)) {
        sockets.rename(before.server(), balancer, hosts);
        open.put(listener.arn(), new Open(before.server(), before.kind(), hosts));
      }
    } catch (IllegalStateException e) {
      notOpened.accept(listener, String.valueOf(e.getMessage()));
    }
  }

  private void connected(HttpConnection connection) {
    connections.incrementAndGet();
    upstream.metrics().add("NewConnectionCount", 1);
    connection.closeHandler(closed -> connections.decrementAndGet());
  }

  /** What is reported once a period, whether requests came or not. */
  void sample() {
    BalancerMetrics metrics = upstream.metrics();
    metrics.add("ActiveConnectionCount", connections.get());
    view.targets()
        .values()
        .forEach(
            targets -> {
              int sick = targets.registered() - targets.healthy();
              metrics.add("HealthyHostCount", targets.group(), targets.healthy());
              metrics.add("UnHealthyHostCount", targets.group(), sick);
            });
  }

  /** Real ports by listener port. */
  Map<Integer, Integer> ports() {
    Map<Integer, Integer> ports = new LinkedHashMap<>();
    open.values().forEach(o -> ports.put(o.kind().port(), o.server().actualPort()));
    return ports;
  }

  void close() {
    open.values().forEach(o -> sockets.close(o.server()));
    open.clear();
  }
}
