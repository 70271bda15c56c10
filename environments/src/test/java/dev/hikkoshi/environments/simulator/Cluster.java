package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/** A cluster with everything in and on it, and what it can do by that. */
final class Cluster {

  /** How many pods the app has, where nobody scaled it down. */
  static final int PODS = 3;

  final String name;
  final Identity identity;
  final String version;
  final String balancer;
  final Instant activeAt;
  final Map<String, String> tags = new TreeMap<>();
  final Map<String, Nodegroup> nodes = new TreeMap<>();
  final Map<String, Instant> addons = new TreeMap<>();
  final Map<String, SortedSet<String>> entries = new TreeMap<>();
  final Map<String, PodRole> podRoles = new TreeMap<>();
  final Map<ReleaseId, Release> releases = new TreeMap<>();

  /** The target group that its pods are in, by whoever's binding. */
  Optional<String> binding = Optional.empty();

  /** Whether the binding is ours: that of an adopted cluster was there before. */
  boolean bound;

  Optional<Instant> balancerAt = Optional.empty();
  boolean balancerRemoved;
  boolean isProtected = true;
  boolean sick;
  boolean room = true;

  /** When somebody else had installed what the environment does not manage. */
  Optional<Instant> othersAt = Optional.empty();

  Optional<Instant> goneAt = Optional.empty();

  /** How many of its pods there are; somebody may have scaled it down. */
  int pods = PODS;

  /** When it last had share. */
  Instant lastShare = Instant.MIN;

  private final Timeline time;

  /** Whether the sample's close-day may start here by what is applied. */
  private boolean closesDay;

  /** When what it started has ended. */
  private Instant dayClosed = Instant.EPOCH;

  /** When so many pods were last ready, by their number. */
  private final Instant[] lastReady = new Instant[PODS + 1];

  Cluster(Timeline time, String name, Identity identity, String version, Instant activeAt) {
    this.time = time;
    this.name = name;
    this.identity = identity;
    this.version = version;
    this.activeAt = activeAt;
    this.balancer = name.toLowerCase(Locale.ROOT) + "-web.elb.amazonaws.com";
  }

  /** Nodes are there and ready. */
  boolean hasNodes() {
    for (Nodegroup n : nodes.values()) {
      if (time.past(n.activeAt) && n.goneAt.isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Service accounts with their roles. */
  Map<String, String> roles() {
    Map<String, String> roles = new TreeMap<>();
    podRoles.forEach((account, role) -> roles.put(account, role.roleArn()));
    return roles;
  }

  /** Whether work that must run only once runs here, or may start by itself. */
  boolean closesDay() {
    return goneAt.isEmpty() && hasNodes() && mayCloseDay();
  }

  /** The same as its API server tells it: by what is applied, whether there are nodes or not. */
  boolean mayCloseDay() {
    return closesDay || !time.past(dayClosed);
  }

  /** What is applied says from now on whether it may run. */
  void closesDay(boolean may) {
    if (closesDay && !may) {
      dayClosed = time.in(2, 20);
    }
    closesDay = may;
  }

  /** A release is there; with the app an Ingress, which gets a load balancer after a while. */
  void install(ReleaseId id, Release release) {
    releases.put(id, release);
    if (id.equals(Wishes.APP) && (balancerAt.isEmpty() || balancerRemoved)) {
      balancerRemoved = false;
      balancerAt = Optional.of(time.in(5, 40));
    }
  }

  boolean balancerActive() {
    return !balancerRemoved && balancerAt.filter(time::past).isPresent();
  }

  int readyPods() {
    Release app = releases.get(Wishes.APP);
    boolean ready = app != null && time.past(app.healthyAt()) && hasNodes() && !sick;
    return ready ? pods : 0;
  }

  /** When so many pods were last ready. */
  Instant lastReady(int pods) {
    return Optional.ofNullable(lastReady[Math.clamp(pods, 1, PODS)]).orElse(Instant.MIN);
  }

  /** Time has passed: what was on its way out is gone, and what is ready now was so last. */
  void passed() {
    nodes.values().removeIf(n -> n.goneAt.filter(time::past).isPresent());
    Arrays.fill(lastReady, 1, readyPods() + 1, time.instant());
  }
}
