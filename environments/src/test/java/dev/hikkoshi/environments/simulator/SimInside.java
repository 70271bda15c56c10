package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.InsideSeen.Rendered;
import dev.hikkoshi.environments.observed.InsideSeen.RevisionSeen;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RoomSeen;
import dev.hikkoshi.environments.port.InsideGateway;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.simulator.Outages.Service;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The inside of clusters: releases become healthy after a while, an Ingress gets a balancer. */
final class SimInside implements InsideGateway {

  private final World world;
  private final Faults faults;
  private final Invariants invariants;
  private final OtherInstaller others;

  SimInside(World world, Faults faults, Invariants invariants) {
    this.world = world;
    this.faults = faults;
    this.invariants = invariants;
    this.others = new OtherInstaller(world.time);
  }

  @Override
  public Observation<InsideSeen> see(ClusterSeen cluster, Wanted wanted) {
    return faults
        .read(
            Service.CLUSTERS,
            "inside of " + cluster.name(),
            () -> there(cluster).map(c -> look(c, wanted)))
        .flatMap(inside -> answered(cluster, inside));
  }

  /** Its endpoint and its certificate are its own: another one of its name does not answer. */
  private Optional<Cluster> there(ClusterSeen seen) {
    return Optional.ofNullable(world.clusters.get(seen.name()))
        .filter(c -> c.identity.equals(seen.identity()));
  }

  private static <T> Observation<T> answered(ClusterSeen cluster, Optional<T> answer) {
    return answer
        .map(Observation::known)
        .orElseGet(() -> Observation.unknown(cluster.name(), "no such host"));
  }

  private InsideSeen look(Cluster c, Wanted wanted) {
    others.turn(c, wanted);
    Map<ReleaseId, ReleaseSeen> releases = new HashMap<>();
    for (WantedRelease release : wanted.releases()) {
      releases.put(release.id(), release(c, wanted, release.id()));
    }
    Map<String, Observation<BackendSeen>> backends = new HashMap<>();
    wanted
        .backends()
        .forEach(
            (route, backend) -> {
              Optional<String> balancer =
                  backend instanceof Backend.Ingress && c.balancerActive()
                      ? Optional.of(c.balancer)
                      : Optional.empty();
              backends.put(
                  route,
                  Observation.known(
                      new BackendSeen(
                          c.readyPods(),
                          Cluster.PODS,
                          balancer,
                          c.binding.filter(_ -> c.bound),
                          c.binding.stream().collect(Collectors.toSet()))));
            });
    Set<String> ends = new HashSet<>(c.binding.stream().toList());
    if (c.balancerActive()) {
      ends.add(c.balancer);
    }
    return new InsideSeen(
        c.version, releases, backends, Observation.known(working(c, wanted)), ends);
  }

  private List<String> working(Cluster c, Wanted wanted) {
    return !wanted.servingOnly().empty() && c.mayCloseDay()
        ? List.of(Wishes.CLOSE_DAY + " is not suspended, or its job still runs")
        : List.of();
  }

  private ReleaseSeen release(Cluster c, Wanted wanted, ReleaseId id) {
    Rendered rendered = new Rendered.Manifests(hash(wanted, id), objects(wanted, id), List.of());
    Release live = c.releases.get(id);
    if (live == null) {
      return new ReleaseSeen(
          id,
          Optional.of(rendered),
          Optional.empty(),
          new Health.Missing(),
          List.of(),
          Optional.empty());
    }
    Health health =
        c.sick
            ? new Health.Failing("CrashLoopBackOff")
            : world.time.past(live.healthyAt()) && c.hasNodes()
                ? new Health.Healthy()
                : new Health.Progressing("pods are starting");
    return new ReleaseSeen(
        id,
        Optional.of(rendered),
        Optional.of(
            new RevisionSeen(
                live.revision(), "deployed", live.hash(), live.ours(), Release.WRITTEN)),
        health,
        live.driftSince().isPresent() ? List.of("an object") : List.of(),
        live.driftSince());
  }

  private static String hash(Wanted wanted, ReleaseId id) {
    String paused = runsOnce(wanted, id) && !wanted.servingOnly().runs() ? "paused" : "";
    return wanted.appDigest() + id + wanted.facts().clusterName() + paused;
  }

  private static boolean runsOnce(Wanted wanted, ReleaseId id) {
    return wanted.servingOnly().covers(id, Wishes.CLOSE_DAY, "CronJob");
  }

  /** Only what the wishes classify is rendered, so that other tests see an empty chart. */
  private static List<Manifest> objects(Wanted wanted, ReleaseId id) {
    return runsOnce(wanted, id) ? List.of(Wishes.closeDay()) : List.of();
  }

  @Override
  public Outcome sync(ClusterSeen cluster, Wanted wanted, ReleaseId release) {
    invariants.intended("SyncRelease");
    return on(
        cluster,
        c -> {
          if (runsOnce(wanted, release)) {
            c.closesDay(wanted.servingOnly().runs());
          }
          int revision =
              Optional.ofNullable(c.releases.get(release)).map(Release::revision).orElse(0);
          c.install(
              release,
              new Release(
                  revision + 1, hash(wanted, release), world.time.in(2, 20), Optional.empty()));
          return Outcome.done("r", "revision", Integer.toString(revision + 1));
        });
  }

  @Override
  public Outcome heal(ClusterSeen cluster, Wanted wanted, ReleaseId release) {
    invariants.intended("HealRelease");
    return on(
        cluster,
        c -> {
          Release live = c.releases.get(release);
          if (live == null) {
            return new Outcome.Changed("no such release");
          }
          c.install(release, live.inStep());
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome uninstall(ClusterSeen cluster, ReleaseId release) {
    invariants.intended("UninstallRelease");
    return on(
        cluster,
        c -> {
          c.releases.remove(release);
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome bind(ClusterSeen cluster, String route, Backend.Service service, String groupArn) {
    invariants.intended("Bind");
    return on(
        cluster,
        c -> {
          c.binding = Optional.of(groupArn);
          c.bound = true;
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome unbind(ClusterSeen cluster, String route) {
    return on(
        cluster,
        c -> {
          c.binding = Optional.empty();
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome removeBalancerObjects(ClusterSeen cluster) {
    invariants.intended("RemoveBalancerObjects");
    return on(
        cluster,
        c -> {
          invariants.destroying(c, "load balancer");
          boolean first = !c.balancerRemoved || c.binding.isPresent();
          c.balancerRemoved = true;
          c.binding = Optional.empty();
          Release app = c.releases.get(Wishes.APP);
          if (app != null) {
            c.releases.put(
                Wishes.APP,
                new Release(
                    app.revision(),
                    app.hash(),
                    app.healthyAt(),
                    Optional.of(world.time.instant())));
          }
          return Outcome.done("r", "remaining", first ? "1" : "0");
        });
  }

  @Override
  public Observation<RoomSeen> room(ClusterSeen cluster, Set<String> nodegroups) {
    return faults
        .read(Service.CLUSTERS, "room in " + cluster.name(), () -> there(cluster).map(c -> c.room))
        .flatMap(room -> answered(cluster, room))
        .map(room -> new RoomSeen(room, room ? "3 pods fit on 3 other nodes" : "no other node"));
  }

  @Override
  public Observation<Map<ReleaseId, String>> manifests(ClusterSeen cluster, Wanted wanted) {
    return faults.read(
        Service.CLUSTERS,
        "manifests for " + cluster.name(),
        () ->
            wanted.releases().stream()
                .map(WantedRelease::id)
                .collect(Collectors.toMap(id -> id, id -> hash(wanted, id))));
  }

  @Override
  public Observation<Map<String, Integer>> readyReplicas(ClusterSeen cluster) {
    return faults
        .read(Service.CLUSTERS, "replicas", () -> there(cluster).map(Cluster::readyPods))
        .flatMap(pods -> answered(cluster, pods))
        .map(pods -> Map.of("apps/v1/Deployment/web/shop", pods));
  }

  private Outcome on(ClusterSeen seen, Function<Cluster, Outcome> effect) {
    return faults.write(
        () -> {
          world.pass(Duration.ZERO);
          Cluster c = there(seen).orElse(null);
          if (c == null || c.goneAt.isPresent()) {
            return new Outcome.Unclear("no such host");
          }
          return effect.apply(c);
        });
  }
}
