package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.room.Room;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RoomSeen;
import dev.hikkoshi.environments.port.InsideGateway;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The inside of clusters through their Kubernetes API and Helm's own records.
 *
 * <p>A look is answered from watches and from renders kept by content; a quiet cluster costs one
 * small request. Looks never wait longer than the API's deadline and never throw for what they
 * could not see. Writes are never repeated here: after one without a clear answer the next look
 * tells. All methods block; several clusters may be looked at side by side. The connection of a
 * cluster that is not asked about any more is closed.
 */
public final class HelmInside implements InsideGateway, AutoCloseable {

  /** Requests of one step at a time; sixteen already saturate an API server. */
  private static final int WIDTH = 16;

  /** A cluster that nobody asked about for this long is gone, or will be asked about anew. */
  private static final Duration UNUSED = Duration.ofMinutes(10);

  private final KubeClients clients;
  private final RenderPool pool;
  private final ReleaseRenderer releases;
  private final InstantSource clock;
  private final Parallel parallel = new Parallel(WIDTH);
  private final RenderShelf shelf = new RenderShelf();
  private final Map<String, ClusterInside> known = new ConcurrentHashMap<>();
  private final Map<String, Instant> usedAt = new ConcurrentHashMap<>();

  /**
   * A gateway that connects when it is asked.
   *
   * @param clients closed by their owner
   * @param pool closed by its owner; it reads and writes Helm's records
   * @param releases what renders for every cluster
   * @param clock for the times in Helm's records and for how long drift lasts
   */
  public HelmInside(
      KubeClients clients, RenderPool pool, ReleaseRenderer releases, InstantSource clock) {
    this.clients = clients;
    this.pool = pool;
    this.releases = releases;
    this.clock = clock;
  }

  @Override
  public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
    return look("inside of " + cluster.name(), cluster, in -> new Look(in, clock, wanted).see());
  }

  @Override
  public Observation<Map<ReleaseId, String>> manifests(ClusterSeen cluster, Wanted wanted) {
    return look(
        "manifests for " + cluster.name(), cluster, in -> new Look(in, clock, wanted).manifests());
  }

  @Override
  public Observation<Map<String, Integer>> readyReplicas(ClusterSeen cluster) {
    return look(
        "replicas in " + cluster.name(),
        cluster,
        in -> {
          LiveObjects live = in.connection().live();
          live.fresh();
          Map<String, Integer> ready = new TreeMap<>();
          new Backends(live).workloads().forEach(w -> ready.put(w.key().path(), Backends.ready(w)));
          return ready;
        });
  }

  @Override
  public Observation<RoomSeen> room(ClusterSeen cluster, Set<String> nodegroups) {
    return look(
            "nodes and pods of " + cluster.name(),
            cluster,
            in -> {
              KubeApi api = in.connection().api();
              return Room.of(
                  api.list("/api/v1/nodes", "").items(),
                  api.list("/api/v1/pods", "").items(),
                  nodegroups);
            })
        .flatMap(room -> room);
  }

  @Override
  public Outcome sync(ClusterSeen cluster, Wanted wanted, ReleaseId release) {
    return write(
        cluster,
        in ->
            wanted.releases().stream()
                .filter(r -> r.id().equals(release))
                .findFirst()
                .map(r -> new SyncRelease(in, clock, wanted, r).run())
                .orElseThrow(() -> NotDone.changed(release + " is not wanted")));
  }

  @Override
  public Outcome heal(ClusterSeen cluster, Wanted wanted, ReleaseId release) {
    return write(cluster, in -> new Mend(in).heal(release));
  }

  @Override
  public Outcome uninstall(ClusterSeen cluster, ReleaseId release) {
    return write(
        cluster,
        in -> {
          in.connection().live().fresh();
          return new Uninstall(in, clock, Uninstall.TIMEOUT).run(release);
        });
  }

  @Override
  public Outcome bind(ClusterSeen cluster, String route, Backend.Service service, String groupArn) {
    return write(cluster, in -> new Bindings(in.connection()).bind(route, service, groupArn));
  }

  @Override
  public Outcome unbind(ClusterSeen cluster, String route) {
    return write(cluster, in -> new Bindings(in.connection()).unbind(route));
  }

  @Override
  public Outcome removeBalancerObjects(ClusterSeen cluster) {
    return write(cluster, in -> new BalancerObjects(in.connection(), parallel).remove());
  }

  @Override
  public void close() {
    parallel.close();
  }

  private <T> Observation<T> look(
      String what, ClusterSeen cluster, Function<ClusterInside, T> look) {
    return Results.look(what, () -> look.apply(inside(cluster)));
  }

  private Outcome write(ClusterSeen cluster, Function<ClusterInside, Outcome> write) {
    return Results.write(() -> write.apply(inside(cluster)));
  }

  private ClusterInside inside(ClusterSeen cluster) {
    usedAt.put(cluster.name(), clock.instant());
    forgetUnused();
    Connection connection =
        clients
            .connect(cluster)
            .orElseThrow(() -> NotDone.unclear(cluster.name() + " has no endpoint yet"));
    return known.compute(
        cluster.name(),
        (_, there) ->
            there != null && there.connection().equals(connection)
                ? there
                : ClusterInside.of(connection, pool, releases, shelf, parallel, clock));
  }

  /** Ends the watches of clusters that are gone; they would ask a dead address for ever. */
  private void forgetUnused() {
    Instant limit = clock.instant().minus(UNUSED);
    usedAt.forEach(
        (name, at) -> {
          if (at.isBefore(limit) && usedAt.remove(name, at)) {
            known.remove(name);
            clients.forget(name);
          }
        });
  }
}
