package dev.hikkoshi.sandbox;

import dev.hikkoshi.sandbox.cluster.ClusterListener;
import dev.hikkoshi.sandbox.cluster.LocalControlPlanes;
import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.sandbox.state.StateStore;
import dev.hikkoshi.sandbox.tls.CertificateAuthority;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The context of a running sandbox. */
record Region(
    String accountId,
    String region,
    InstantSource clock,
    Physics physics,
    Timers timers,
    StateStore state,
    Events events,
    CertificateAuthority ca,
    Network network,
    Vertx vertx,
    LocalControlPlanes planes,
    Map<Class<?>, Object> offers)
    implements RegionContext {

  Region(
      SandboxOptions options,
      Timers timers,
      StateStore state,
      Events events,
      CertificateAuthority ca,
      Vertx vertx,
      LocalControlPlanes planes) {
    this(
        options.accountId(),
        options.region(),
        options.clock(),
        options.physics(),
        timers,
        state,
        events,
        ca,
        Network.seed(options.region()),
        vertx,
        planes,
        new ConcurrentHashMap<>());
  }

  @Override
  public void onClusters(ClusterListener listener) {
    planes.listen(listener);
  }

  @Override
  public <T> void offer(Class<T> type, T service) {
    if (offers.putIfAbsent(type, service) != null) {
      throw new IllegalStateException("two parts offer a " + type.getName());
    }
  }

  @Override
  public <T> T find(Class<T> type) {
    return Optional.ofNullable(offers.get(type))
        .map(type::cast)
        .orElseThrow(() -> new NoSuchElementException("no part offers a " + type.getName()));
  }
}
