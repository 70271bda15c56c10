package dev.hikkoshi.sandbox;

import dev.hikkoshi.sandbox.cluster.ClusterListener;
import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.sandbox.state.StateStore;
import dev.hikkoshi.sandbox.tls.CertificateAuthority;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.NoSuchElementException;

/** What the parts of a region share. All of it is thread-safe. */
public interface RegionContext {

  /** The account, twelve digits. */
  String accountId();

  /** The region's name, for example {@code ap-northeast-1}. */
  String region();

  /** The only source of time. */
  InstantSource clock();

  /** How long things take. */
  Physics physics();

  /** Delayed work; in tests it runs when the manual clock says so. */
  Timers timers();

  /** Documents that survive a restart. */
  StateStore state();

  /** What happened in the region, for people and tests. */
  Events events();

  /** The CA that signs what the region's own listeners show. */
  CertificateAuthority ca();

  /** The one VPC and its subnets. */
  Network network();

  /** The event loops of this process; handlers must not block them. */
  Vertx vertx();

  /**
   * Tells the listener of each cluster: those that exist already and those to come, in the order in
   * which they became ready.
   */
  void onClusters(ClusterListener listener);

  /** Offers something to the other parts, by type; call it in {@link RegionPart#start}. */
  <T> void offer(Class<T> type, T service);

  /**
   * What another part offered. Call it from handlers and cluster listeners, not from {@link
   * RegionPart#start}: parts are started in no promised order.
   *
   * @throws NoSuchElementException where no part offers it
   */
  <T> T find(Class<T> type);
}
