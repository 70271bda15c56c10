package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.PodIdentitySeen;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.port.BalancerGateway.Probe;
import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.port.EksGateway.AddonSpec;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.EksGateway.PodIdentitySpec;
import dev.hikkoshi.environments.port.InsideGateway;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.JobGateway;
import java.util.List;
import java.util.Map;

/**
 * One effect on the world, as data. It carries what fences it: the identity or the state that was
 * seen, which the gateway compares at the moment of effect.
 */
public sealed interface Action {

  /** What it is about; the same for every attempt at the same effect. */
  String key();

  /** What is done and why, for people. */
  String why();

  /** Whether it takes something away that cannot be put back at once. */
  default boolean destructive() {
    return this instanceof Destructive;
  }

  /** Effects of retirement, and of what a definition leaves out. */
  sealed interface Destructive extends Action {

    /** The cluster as it was seen, whose identity fences the effect. */
    ClusterSeen cluster();

    @Override
    default String key() {
      return getClass().getSimpleName() + " " + cluster().name();
    }
  }

  /** A write of all weights of a route. */
  sealed interface TrafficWrite extends Action {

    String route();

    /** What it replaces. */
    Sides expected();

    /** Saved as intent; becomes what was last written. */
    Sides intended();

    @Override
    default String key() {
      return key(route());
    }

    /** The key of any such write of a route. */
    static String key(String route) {
      return "weights " + route;
    }
  }

  /** Creates a cluster under the name and token that the record already holds. */
  record CreateCluster(ClusterSpec spec, String why) implements Action {

    @Override
    public String key() {
      return "CreateCluster " + spec.name();
    }
  }

  /** Puts our tags on a cluster that somebody else built. */
  record TagCluster(ClusterSeen cluster, Map<String, String> tags, String why) implements Action {

    public TagCluster {
      tags = Map.copyOf(tags);
    }

    @Override
    public String key() {
      return "TagCluster " + cluster.name();
    }
  }

  /** Creates a node group. */
  record CreateNodegroup(ClusterSeen cluster, NodegroupSpec spec, String why) implements Action {

    @Override
    public String key() {
      return "CreateNodegroup " + cluster.name() + " " + spec.name();
    }
  }

  /** Changes a node group's sizes. */
  record ScaleNodegroup(ClusterSeen cluster, NodegroupSpec spec, String why) implements Action {

    @Override
    public String key() {
      return "ScaleNodegroup " + cluster.name() + " " + spec.name();
    }
  }

  /** Creates an add-on. */
  record CreateAddon(ClusterSeen cluster, AddonSpec spec, String why) implements Action {

    @Override
    public String key() {
      return "CreateAddon " + cluster.name() + " " + spec.name();
    }
  }

  /** Creates an access entry. */
  record CreateAccessEntry(ClusterSeen cluster, AccessEntrySpec spec, String why)
      implements Action {

    @Override
    public String key() {
      return "CreateAccessEntry " + cluster.name() + " " + spec.principalArn();
    }
  }

  /** Associates a service account with its role. */
  record CreatePodIdentity(ClusterSeen cluster, PodIdentitySpec spec, String why)
      implements Action {

    @Override
    public String key() {
      return "CreatePodIdentity " + cluster.name() + " " + spec.account();
    }
  }

  /** Gives a service account that is associated another role. */
  record ChangePodIdentity(ClusterSeen cluster, PodIdentitySeen seen, String roleArn, String why)
      implements Action {

    @Override
    public String key() {
      return "ChangePodIdentity " + cluster.name() + " " + seen.account();
    }
  }

  /** Brings a release to what is wanted. */
  record SyncRelease(ClusterSeen cluster, Wanted wanted, ReleaseId release, String why)
      implements Action {

    @Override
    public String key() {
      return "SyncRelease " + cluster.name() + " " + release + " " + wanted.appDigest();
    }
  }

  /** Applies a release again over drift. */
  record HealRelease(ClusterSeen cluster, Wanted wanted, ReleaseId release, String why)
      implements Action {

    @Override
    public String key() {
      return "HealRelease " + cluster.name() + " " + release;
    }
  }

  /** Removes a release of ours that is not wanted any more. */
  record UninstallRelease(ClusterSeen cluster, ReleaseId release, String why) implements Action {

    @Override
    public String key() {
      return "UninstallRelease " + cluster.name() + " " + release;
    }
  }

  /** Creates a cluster's target group for a route. */
  record CreateGroup(
      String route,
      DesiredRoute.Alb definition,
      AlbRouteSeen seen,
      String cluster,
      Probe probe,
      String why)
      implements Action {

    @Override
    public String key() {
      return "CreateGroup " + route + " " + cluster;
    }
  }

  /** Binds a route's Service to its target group. */
  record Bind(
      ClusterSeen cluster,
      String route,
      InsideGateway.Backend.Service service,
      String groupArn,
      String why)
      implements Action {

    @Override
    public String key() {
      return "Bind " + route + " " + cluster.name();
    }
  }

  /** Creates a Job by which a check asks a question. */
  record RunJob(ClusterSeen cluster, JobGateway.Wanted job, String why) implements Action {

    @Override
    public String key() {
      return "RunJob " + cluster.name() + " " + job.name();
    }
  }

  /** Deletes a Job of a check that is not asked any more. */
  record RemoveJob(ClusterSeen cluster, JobSeen job, String why) implements Action {

    @Override
    public String key() {
      return "RemoveJob " + cluster.name() + " " + job.name();
    }
  }

  /** Removes a binding of ours. */
  record Unbind(ClusterSeen cluster, String route, String why) implements Action {

    @Override
    public String key() {
      return "Unbind " + route + " " + cluster.name();
    }
  }

  /** One batch for a DNS name: both sides at once. */
  record WriteRecords(
      String route,
      DesiredRoute.Dns definition,
      String zoneId,
      List<RecordSeen> deletes,
      List<RecordSeen> creates,
      Sides expected,
      Sides intended,
      String why)
      implements TrafficWrite {

    public WriteRecords {
      deletes = List.copyOf(deletes);
      creates = List.copyOf(creates);
    }
  }

  /** One write of a listener rule: both sides at once. */
  record WriteRule(
      String route,
      DesiredRoute.Alb definition,
      AlbRouteSeen seen,
      List<GroupWeight> weights,
      Sides expected,
      Sides intended,
      String why)
      implements TrafficWrite {

    public WriteRule {
      weights = List.copyOf(weights);
    }
  }

  /** Gives an add-on back: EKS stops to manage it, what it installed stays. */
  record RemoveAddon(ClusterSeen cluster, String addon, String why) implements Action {

    @Override
    public String key() {
      return "RemoveAddon " + cluster.name() + " " + addon;
    }
  }

  /** Takes a principal's way into a cluster away. */
  record RemoveAccessEntry(ClusterSeen cluster, String principalArn, String why)
      implements Destructive {

    @Override
    public String key() {
      return "RemoveAccessEntry " + cluster.name() + " " + principalArn;
    }
  }

  /** Takes the role of a service account away: its pods have no rights in AWS any more. */
  record RemovePodIdentity(ClusterSeen cluster, PodIdentitySeen seen, String why)
      implements Destructive {

    @Override
    public String key() {
      return "RemovePodIdentity " + cluster.name() + " " + seen.account();
    }
  }

  /** Takes one policy from an access entry that stays. */
  record RemoveAccessPolicy(ClusterSeen cluster, String principalArn, String policyArn, String why)
      implements Action {

    @Override
    public String key() {
      return "RemoveAccessPolicy %s %s %s".formatted(cluster.name(), principalArn, policyArn);
    }
  }

  /** Takes our tags off a target group of ours, which stays what it is. */
  record UntagGroup(DesiredRoute.Alb definition, String groupArn, String why) implements Action {

    @Override
    public String key() {
      return "UntagGroup " + groupArn;
    }
  }

  /** Takes our tags off a cluster and its node groups: it is somebody else's from then on. */
  record UntagCluster(ClusterSeen cluster, String why) implements Action {

    @Override
    public String key() {
      return "UntagCluster " + cluster.name();
    }
  }

  /** Deletes what makes load balancers, while their controller runs. */
  record RemoveBalancerObjects(ClusterSeen cluster, String why) implements Destructive {}

  /** Deletes a target group of ours that no rule names. */
  record DeleteGroup(ClusterSeen cluster, DesiredRoute.Alb definition, String groupArn, String why)
      implements Destructive {

    @Override
    public String key() {
      return "DeleteGroup " + groupArn;
    }
  }

  /** Deletes a node group. */
  record DeleteNodegroup(ClusterSeen cluster, String nodegroup, String why) implements Destructive {

    @Override
    public String key() {
      return "DeleteNodegroup " + cluster.name() + " " + nodegroup;
    }
  }

  /** Switches deletion protection off. */
  record Unprotect(ClusterSeen cluster, String why) implements Destructive {}

  /** Deletes a cluster. */
  record DeleteCluster(ClusterSeen cluster, String why) implements Destructive {}
}
