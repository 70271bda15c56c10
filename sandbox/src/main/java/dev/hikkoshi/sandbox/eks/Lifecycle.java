package dev.hikkoshi.sandbox.eks;

import dev.hikkoshi.sandbox.Timers;
import dev.hikkoshi.sandbox.cluster.ControlPlanes;
import dev.hikkoshi.sandbox.cluster.PlaneSpec;
import dev.hikkoshi.sandbox.physics.Physics;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Moves clusters, node groups and add-ons through their states. A state that takes time ends when
 * the physics say so and the real work behind it is done, whichever is later. What was under way
 * when the sandbox ended is taken up again.
 */
final class Lifecycle {

  private static final Logger LOG = System.getLogger(Lifecycle.class.getName());

  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final EksStore store;
  private final ControlPlanes planes;
  private final Timers timers;
  private final InstantSource clock;
  private final Physics physics;
  private final Checks checks;
  private final String region;

  Lifecycle(
      EksStore store,
      ControlPlanes planes,
      Timers timers,
      InstantSource clock,
      Physics physics,
      Checks checks,
      String region) {
    this.store = store;
    this.planes = planes;
    this.timers = timers;
    this.clock = clock;
    this.physics = physics;
    this.checks = checks;
    this.region = region;
  }

  /** Takes up what was under way. */
  void resume() {
    for (ClusterDoc doc : store.all()) {
      switch (doc.status()) {
        case CREATING -> build(doc);
        case DELETING -> delete(doc.name());
        case ACTIVE, UPDATING, FAILED -> resumeInside(doc);
      }
    }
  }

  private void resumeInside(ClusterDoc doc) {
    doc.updates().stream()
        .filter(u -> u.status() == UpdateDoc.Status.IN_PROGRESS && u.nodegroup() == null)
        .forEach(u -> settleUpdate(doc.name(), u.id()));
    for (NodegroupDoc group : doc.nodegroups().values()) {
      switch (group.status()) {
        case CREATING -> createNodes(doc.name(), group);
        case UPDATING -> changeNodes(doc.name(), group);
        case DELETING -> deleteNodes(doc.name(), group);
        case ACTIVE, CREATE_FAILED -> {}
      }
    }
    for (AddonDoc addon : doc.addons().values()) {
      switch (addon.status()) {
        case CREATING -> activateAddon(doc.name(), addon.name());
        case DELETING -> removeAddon(doc.name(), addon.name());
        case ACTIVE -> {}
      }
    }
  }

  void build(ClusterDoc doc) {
    ClusterDoc.Definition def = doc.definition();
    var spec =
        new PlaneSpec(def.name(), def.arn(), def.version(), def.serviceCidr(), doc.issuer(region));
    timers.after(
        Duration.ZERO,
        "build cluster " + def.name(),
        () -> {
          try {
            ControlPlanes.Plane plane = planes.build(spec);
            var endpoint = new ClusterDoc.Endpoint(plane.endpoint(), plane.caPem());
            store.changeIfThere(def.name(), d -> d.with(endpoint));
            timers.after(
                left(def.createdAt(), physics.creating()),
                "activate cluster " + def.name(),
                () -> activate(def.name()));
          } catch (RuntimeException e) {
            LOG.log(
                Logger.Level.ERROR, "could not build cluster {0}: {1}", def.name(), e.getMessage());
            var issue = new ClusterDoc.Issue("InternalFailure", firstLine(e), List.of(def.name()));
            store.changeIfThere(def.name(), d -> d.failed(issue));
          }
        });
  }

  private void activate(String name) {
    store.changeIfThere(
        name, d -> d.status() == ClusterDoc.Status.CREATING ? d.with(ClusterDoc.Status.ACTIVE) : d);
  }

  void delete(String name) {
    untilDone(
        physics.deleting(),
        "delete cluster " + name,
        () -> {
          planes.delete(name);
          store.remove(name);
        });
  }

  /** An update of the cluster itself ends after its time. */
  void settleUpdate(String name, String updateId) {
    timers.after(
        physics.updating(),
        "update cluster " + name,
        () ->
            store.changeIfThere(
                name,
                d -> {
                  ClusterDoc settled =
                      d.changeUpdate(updateId, u -> u.with(UpdateDoc.Status.SUCCESSFUL));
                  return settled.status() == ClusterDoc.Status.UPDATING
                      ? settled.with(ClusterDoc.Status.ACTIVE)
                      : settled;
                }));
  }

  void createNodes(String cluster, NodegroupDoc group) {
    timers.after(
        Duration.ZERO,
        "create node group " + group.name(),
        () -> {
          try {
            planes.scale(cluster, nodes(group), group.scaling().desiredSize());
            timers.after(
                left(group.createdAt(), physics.nodegroupCreating()),
                "activate node group " + group.name(),
                () -> settleGroup(cluster, group.name()));
          } catch (RuntimeException e) {
            LOG.log(
                Logger.Level.ERROR,
                "could not make nodes of {0}: {1}",
                group.name(),
                e.getMessage());
            var issue =
                new ClusterDoc.Issue("NodeCreationFailure", firstLine(e), List.of(group.name()));
            changeGroup(cluster, group.name(), g -> g.failed(issue, clock.instant()));
          }
        });
  }

  void changeNodes(String cluster, NodegroupDoc group) {
    Instant begin = clock.instant();
    untilDone(
        Duration.ZERO,
        "change node group " + group.name(),
        () -> {
          planes.scale(cluster, nodes(group), group.scaling().desiredSize());
          timers.after(
              left(begin, physics.updating()),
              "update node group " + group.name(),
              () -> settleGroup(cluster, group.name()));
        });
  }

  private void settleGroup(String cluster, String group) {
    store.changeIfThere(
        cluster,
        d -> {
          NodegroupDoc there = d.nodegroups().get(group);
          if (there == null || there.status() == NodegroupDoc.Status.DELETING) {
            return d;
          }
          ClusterDoc next = d.with(there.with(NodegroupDoc.Status.ACTIVE, clock.instant()));
          for (UpdateDoc update : d.updates()) {
            if (group.equals(update.nodegroup())
                && update.status() == UpdateDoc.Status.IN_PROGRESS) {
              next = next.changeUpdate(update.id(), u -> u.with(UpdateDoc.Status.SUCCESSFUL));
            }
          }
          return next;
        });
  }

  void deleteNodes(String cluster, NodegroupDoc group) {
    Instant begin = clock.instant();
    untilDone(
        Duration.ZERO,
        "drain node group " + group.name(),
        () -> {
          planes.scale(cluster, nodes(group), 0);
          timers.after(
              left(begin, physics.deleting()),
              "delete node group " + group.name(),
              () -> store.changeIfThere(cluster, d -> d.withoutNodegroup(group.name())));
        });
  }

  /**
   * A control plane that does not answer now is asked again: what EKS has accepted does not stay
   * half done because an API server was slow.
   */
  private void untilDone(Duration delay, String what, Runnable work) {
    timers.after(
        delay,
        what,
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.log(Logger.Level.WARNING, "{0}, trying again: {1}", what, firstLine(e));
            untilDone(AGAIN, what, work);
          }
        });
  }

  void activateAddon(String cluster, String addon) {
    timers.after(
        physics.updating(),
        "activate add-on " + addon,
        () ->
            store.changeIfThere(
                cluster,
                d -> {
                  AddonDoc there = d.addons().get(addon);
                  return there == null || there.status() != AddonDoc.Status.CREATING
                      ? d
                      : d.with(there.with(AddonDoc.Status.ACTIVE, clock.instant()));
                }));
  }

  void removeAddon(String cluster, String addon) {
    timers.after(
        physics.updating(),
        "delete add-on " + addon,
        () -> store.changeIfThere(cluster, d -> d.withoutAddon(addon)));
  }

  private void changeGroup(
      String cluster, String group, java.util.function.UnaryOperator<NodegroupDoc> change) {
    store.changeIfThere(
        cluster,
        d -> {
          NodegroupDoc there = d.nodegroups().get(group);
          return there == null ? d : d.with(change.apply(there));
        });
  }

  private ControlPlanes.NodeGroup nodes(NodegroupDoc group) {
    return new ControlPlanes.NodeGroup(
        group.name(),
        group.instanceTypes().getFirst(),
        group.capacityType(),
        group.labels(),
        group.taints().stream().map(Lifecycle::taint).toList(),
        checks.zones(group.subnets()));
  }

  private static ControlPlanes.Taint taint(NodegroupDoc.Taint taint) {
    String effect =
        switch (taint.effect()) {
          case "NO_SCHEDULE" -> "NoSchedule";
          case "NO_EXECUTE" -> "NoExecute";
          default -> "PreferNoSchedule";
        };
    String value = taint.value();
    return new ControlPlanes.Taint(taint.key(), value == null ? "" : value, effect);
  }

  private Duration left(Instant begin, Duration whole) {
    Duration left = Duration.between(clock.instant(), begin.plus(whole));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown");
  }
}
