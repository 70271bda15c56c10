package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.simulator.Outages.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** EKS: things take time, names are compared with identities, deletion has preconditions. */
final class SimEks implements EksGateway {

  private static final List<VersionSeen> VERSIONS =
      List.of("1.36", "1.37", "1.38", "1.39").stream()
          .map(v -> new VersionSeen(v, true, Instant.parse("2028-01-01T00:00:00Z")))
          .toList();

  /** How EKS refuses a name that somebody else's cluster has. */
  static final String TAKEN = "ResourceInUseException";

  private final World world;
  private final Faults faults;
  private final Invariants invariants;
  private final EksDescription description;
  private final SimPodRoles roles;

  SimEks(World world, Faults faults, Invariants invariants) {
    this.world = world;
    this.faults = faults;
    this.invariants = invariants;
    this.description = new EksDescription(world.time);
    this.roles = new SimPodRoles(world.time);
  }

  @Override
  public Observation<List<ClusterSeen>> clusters(Set<String> environments) {
    return faults.read(
        Service.EKS,
        "clusters",
        () ->
            Stream.concat(world.clusters.values().stream(), world.namesakes.clusters().stream())
                .filter(c -> c.tags.containsKey(ENVIRONMENT_TAG))
                .filter(c -> environments.contains(world.tag))
                .map(description::of)
                .toList());
  }

  @Override
  public Observation<Optional<ClusterSeen>> cluster(String name) {
    return faults.read(Service.EKS, name, () -> named(name).map(description::of));
  }

  private Optional<Cluster> named(String name) {
    return Optional.ofNullable(world.clusters.get(name)).or(() -> world.namesakes.cluster(name));
  }

  @Override
  public Observation<List<VersionSeen>> versions() {
    return faults.read(Service.EKS, "versions", () -> VERSIONS);
  }

  @Override
  public Outcome createCluster(ClusterSpec spec) {
    invariants.intended("CreateCluster");
    return faults.write(
        () -> {
          if (world.clusters.containsKey(spec.name())) {
            return Outcome.done("again", "arn", world.clusters.get(spec.name()).identity.arn());
          }
          if (world.namesakes.cluster(spec.name()).isPresent()) {
            return new Outcome.Refused(
                TAKEN,
                "a cluster %s exists that is not ours; nothing of it is touched"
                    .formatted(spec.name()));
          }
          invariants.creating(spec);
          Identity identity =
              new Identity("arn:aws:eks:::cluster/" + spec.name(), world.time.instant());
          Cluster made =
              new Cluster(world.time, spec.name(), identity, spec.version(), world.time.in(20, 90));
          made.tags.putAll(spec.tags());
          world.clusters.put(spec.name(), made);
          world.created++;
          world.names.add(spec.name());
          return Outcome.done("r", "arn", identity.arn());
        });
  }

  @Override
  public Outcome tagCluster(ClusterSeen cluster, Map<String, String> tags) {
    invariants.intended("TagCluster");
    return on(
        cluster,
        c -> {
          c.tags.putAll(tags);
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome createNodegroup(ClusterSeen cluster, NodegroupSpec spec) {
    invariants.intended("CreateNodegroup");
    return on(
        cluster,
        c -> {
          if (c.goneAt.isPresent() || c.nodes.containsKey(spec.name())) {
            return new Outcome.Refused("ResourceInUseException", spec.name());
          }
          c.nodes.put(spec.name(), new Nodegroup(world.time.in(10, 40), spec.min(), spec.max()));
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome scaleNodegroup(
      ClusterSeen cluster, String nodegroup, int min, int max, int desired) {
    invariants.intended("ScaleNodegroup");
    return on(
        cluster,
        c -> {
          Nodegroup nodes = c.nodes.get(nodegroup);
          if (nodes == null) {
            return new Outcome.Refused("ResourceNotFoundException", nodegroup);
          }
          if (!nodes.takesBounds(world.time)) {
            return new Outcome.Refused("ResourceInUseException", nodegroup);
          }
          nodes.scale(min, max, world.time.in(5, 20));
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome createAddon(ClusterSeen cluster, AddonSpec spec) {
    invariants.intended("CreateAddon");
    return on(
        cluster,
        c -> {
          c.addons.putIfAbsent(spec.name(), world.time.in(5, 20));
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome createAccessEntry(ClusterSeen cluster, AccessEntrySpec spec) {
    invariants.intended("CreateAccessEntry");
    return on(
        cluster,
        c -> {
          c.entries.put(spec.principalArn(), new TreeSet<>(spec.policyArns()));
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome createPodIdentity(ClusterSeen cluster, PodIdentitySpec spec) {
    invariants.intended("CreatePodIdentity");
    return on(cluster, c -> roles.create(c, spec));
  }

  @Override
  public Outcome changePodIdentity(ClusterSeen cluster, PodIdentitySeen seen, String roleArn) {
    invariants.intended("ChangePodIdentity");
    return on(cluster, c -> roles.change(c, seen, roleArn));
  }

  @Override
  public Outcome deletePodIdentity(ClusterSeen cluster, PodIdentitySeen seen) {
    invariants.intended("RemovePodIdentity");
    return on(cluster, c -> roles.delete(c, seen));
  }

  @Override
  public Outcome deleteNodegroup(ClusterSeen cluster, String nodegroup) {
    invariants.intended("DeleteNodegroup");
    return on(
        cluster,
        c -> {
          // One of several may go while the cluster serves, if the others can carry: rule tests.
          boolean others =
              c.nodes.entrySet().stream()
                  .anyMatch(
                      n ->
                          !n.getKey().equals(nodegroup)
                              && n.getValue().goneAt.isEmpty()
                              && world.time.past(n.getValue().activeAt));
          if (!others || !c.room) {
            invariants.destroying(c, "node group");
          }
          Nodegroup nodes = c.nodes.get(nodegroup);
          if (nodes == null) {
            return new Outcome.Refused("ResourceNotFoundException", nodegroup);
          }
          nodes.goneAt = Optional.of(world.time.in(10, 40));
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome deleteAddon(ClusterSeen cluster, String addon) {
    invariants.intended("RemoveAddon");
    return on(
        cluster,
        c -> {
          c.addons.remove(addon);
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome deleteAccessEntry(ClusterSeen cluster, String principalArn) {
    invariants.intended("RemoveAccessEntry");
    return on(
        cluster,
        c -> {
          c.entries.remove(principalArn);
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome disassociatePolicy(ClusterSeen cluster, String principalArn, String policyArn) {
    invariants.intended("RemoveAccessPolicy");
    return on(
        cluster,
        c -> {
          c.entries.getOrDefault(principalArn, new TreeSet<>()).remove(policyArn);
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome untagCluster(ClusterSeen cluster) {
    invariants.intended("UntagCluster");
    return on(
        cluster,
        c -> {
          c.tags.remove(ENVIRONMENT_TAG);
          c.tags.remove(NUMBER_TAG);
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome unprotect(ClusterSeen cluster) {
    invariants.intended("Unprotect");
    return on(
        cluster,
        c -> {
          c.isProtected = false;
          return Outcome.done("r");
        });
  }

  @Override
  public Outcome deleteCluster(ClusterSeen cluster) {
    invariants.intended("DeleteCluster");
    return on(
        cluster,
        c -> {
          if (c.isProtected || !c.nodes.isEmpty()) {
            return new Outcome.Refused("ResourceInUseException", "protected or node groups left");
          }
          invariants.destroying(c, "cluster");
          c.goneAt = Optional.of(world.time.in(10, 60));
          return Outcome.done("r");
        });
  }

  private Outcome on(ClusterSeen seen, Function<Cluster, Outcome> effect) {
    return faults.write(
        () -> {
          Optional<Cluster> theirs = world.namesakes.cluster(seen.name());
          if (theirs.filter(c -> c.identity.equals(seen.identity())).isPresent()) {
            invariants.broken("nothing of a stranger's cluster is touched: " + seen.identity());
          }
          Cluster c = world.clusters.get(seen.name());
          if (c == null || !c.identity.equals(seen.identity())) {
            return new Outcome.Changed("no such cluster any more: " + seen.identity());
          }
          return effect.apply(c);
        });
  }
}
