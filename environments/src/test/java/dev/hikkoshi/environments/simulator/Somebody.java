package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Foreign hands in a {@link Scenario}: whoever has the rights and changes at AWS, in a cluster or
 * beside one what is ours, or looks like it.
 */
public final class Somebody {

  private final Scenario scenario;
  private final World world;

  Somebody(Scenario scenario, World world) {
    this.scenario = scenario;
    this.world = world;
  }

  /** Somebody else changes the weight of one side. */
  public Scenario weighs(String route, String side, int weight) {
    if (route.equals("web")) {
      world.dns.write(world.dns.records.stream().map(r -> reweigh(r, side, weight)).toList(), true);
      return scenario;
    }
    world.alb.write(
        world.alb.rule.stream()
            .map(
                g ->
                    Optional.ofNullable(world.alb.groups.get(g.groupArn()))
                            .filter(known -> known.cluster.equals(side))
                            .isPresent()
                        ? new GroupWeight(g.groupArn(), weight)
                        : g)
            .toList(),
        true);
    return scenario;
  }

  /** Somebody deletes what puts a cluster's pods into a target group. */
  public Scenario unbinds(String cluster) {
    Cluster there = world.cluster(cluster);
    there.binding = Optional.empty();
    there.bound = false;
    return scenario;
  }

  /** Somebody types commands that were printed before a side was taken out of the record. */
  public Scenario putsBack(String side, int weight) {
    List<RecordSeen> next = new ArrayList<>(world.dns.records);
    next.add(reweigh(Objects.requireNonNull(world.dns.lastWritten.get(side), side), side, weight));
    world.putBack.add(side);
    world.dns.write(next, true);
    return scenario;
  }

  /** Somebody writes the web route's records by hand. */
  public Scenario writes(List<RecordSeen> next) {
    world.dns.write(next, true);
    return scenario;
  }

  /** Somebody else adds a record of their own to the web route. */
  public Scenario addsRecord(String identifier, int weight) {
    List<RecordSeen> next = new ArrayList<>(world.dns.records);
    next.add(
        new RecordSeen(
            "www.example.com",
            "A",
            Optional.of(identifier),
            OptionalInt.of(weight),
            Optional.empty(),
            Optional.empty(),
            Optional.of(60L),
            List.of("192.0.2.1"),
            Optional.empty()));
    world.dns.write(next, true);
    return scenario;
  }

  /** Somebody else adds a target group of their own to the api route. */
  public Scenario addsGroup(String arn, int weight) {
    List<GroupWeight> next = new ArrayList<>(world.alb.rule);
    next.add(new GroupWeight(arn, weight));
    world.alb.write(next, true);
    return scenario;
  }

  /** A person takes every record and group of clusters off the routes. */
  public Scenario clearsRoutes() {
    world.dns.write(List.of(), true);
    world.alb.write(List.of(), true);
    return scenario;
  }

  private static RecordSeen reweigh(RecordSeen r, String side, int weight) {
    return r.setIdentifier().filter(side::equals).isEmpty() ? r : Stranger.reweighted(r, weight);
  }

  /** external-dns calls the web route's name its own, or does no longer. */
  public Scenario marks(OwnerMark... marks) {
    world.dns.marks = List.of(marks);
    return scenario;
  }

  /** A controller's tags are on the api route's rule, or are gone. */
  public Scenario controls(@Nullable String tags) {
    world.alb.controller = tags;
    return scenario;
  }

  /** Somebody tags a cluster. */
  public Scenario tags(String cluster, String key, String value) {
    world.cluster(cluster).tags.put(key, value);
    return scenario;
  }

  /** Somebody takes every tag of a cluster away. */
  public Scenario untags(String cluster) {
    world.cluster(cluster).tags.clear();
    return scenario;
  }

  /** Somebody deletes a cluster of ours with everything in it. */
  public Scenario deletes(String cluster) {
    world.namesakes.deleted(world.cluster(cluster), world.time.instant());
    world.clusters.remove(cluster);
    return scenario;
  }

  /** Somebody else makes a cluster that is called as one of ours is, or will be. */
  public Scenario takesName(String name, Map<String, String> tags) {
    Identity identity = new Identity("arn:aws:eks:::cluster/" + name, world.time.instant());
    Cluster theirs = new Cluster(world.time, name, identity, "1.36", world.time.instant());
    theirs.tags.putAll(tags);
    world.namesakes.made(theirs);
    return scenario;
  }

  /** Whoever has the name gives it up. */
  public Scenario leavesName(String name) {
    world.namesakes.left(name);
    return scenario;
  }

  /** Somebody adds a node group, an add-on and an access entry that no definition knows. */
  public Scenario addsBeside(String cluster, String name) {
    Cluster c = world.cluster(cluster);
    c.nodes.put(name, new Nodegroup(world.time.instant()));
    c.addons.put(name, world.time.instant());
    c.entries.put("arn:aws:iam::111122223333:role/" + name, new TreeSet<>());
    return scenario;
  }

  /** Somebody gives the pods of a service account a role, as {@code namespace/name}. */
  public Scenario associates(String cluster, String account, String roleArn) {
    Instant now = world.time.instant();
    world.cluster(cluster).podRoles.put(account, new PodRole(roleArn, "theirs-" + now, now));
    return scenario;
  }

  /** EKS cannot make, or grow, a node group, and says why. */
  public Scenario nodesAre(String cluster, String nodegroup, String status, String issue) {
    Nodegroup.Trouble trouble = new Nodegroup.Trouble(status, issue);
    Objects.requireNonNull(world.cluster(cluster).nodes.get(nodegroup)).is(trouble);
    return scenario;
  }

  /** Somebody scales the pods of a cluster. */
  public Scenario scales(String cluster, int pods) {
    world.cluster(cluster).pods = pods;
    return scenario;
  }
}
