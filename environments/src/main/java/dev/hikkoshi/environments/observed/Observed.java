package dev.hikkoshi.environments.observed;

import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one pass saw of one environment.
 *
 * @param at when the pass began to look
 * @param freeze the last word of people on everything; unknown means that nothing starts
 * @param account the AWS account the credentials belong to
 * @param clusters every cluster that carries this environment's tag, and one that it adopts, in
 *     order of name
 * @param inside by cluster name, for clusters that are ACTIVE
 * @param routes by route name; also routes that were let go but are remembered
 * @param balancers load balancers that clusters' backends point at, by DNS name
 * @param measured by route name: only for routes whose share is being judged
 * @param drained by route name: requests still seen on the side being drained
 * @param changes Route 53 changes that were asked after, by change id: true when INSYNC
 * @param references what still points at a cluster's load balancers or groups, by cluster name:
 *     only for clusters about to be retired. An empty known list is positive proof
 * @param rooms whether the other nodes can carry what runs on node groups that are to go, by
 *     cluster name: only for clusters that have such groups
 * @param marks of external-dns for a route's name, by route name: only for routes that are to be
 *     taken over with an adopted cluster
 * @param readings what providers of metrics say of the sides of a route: only for checks that are
 *     asked now
 * @param versions what EKS offers
 * @param asked what was answered to checks that ask somebody
 */
public record Observed(
    Instant at,
    Observation<Optional<Freeze>> freeze,
    Observation<String> account,
    Observation<List<ClusterSeen>> clusters,
    Map<String, Observation<InsideSeen>> inside,
    Map<String, Observation<RouteSeen>> routes,
    Map<String, Observation<BalancerSeen>> balancers,
    Map<String, Observation<Measured>> measured,
    Map<String, Observation<Measured>> drained,
    Map<String, Observation<Boolean>> changes,
    Map<String, Observation<List<Reference>>> references,
    Map<String, Observation<RoomSeen>> rooms,
    Map<String, Observation<List<OwnerMark>>> marks,
    Map<Meter, Observation<Readings>> readings,
    Observation<List<VersionSeen>> versions,
    Asked asked) {

  /** Nobody was asked. */
  public Observed(
      Instant at,
      Observation<Optional<Freeze>> freeze,
      Observation<String> account,
      Observation<List<ClusterSeen>> clusters,
      Map<String, Observation<InsideSeen>> inside,
      Map<String, Observation<RouteSeen>> routes,
      Map<String, Observation<BalancerSeen>> balancers,
      Map<String, Observation<Measured>> measured,
      Map<String, Observation<Measured>> drained,
      Map<String, Observation<Boolean>> changes,
      Map<String, Observation<List<Reference>>> references,
      Map<String, Observation<RoomSeen>> rooms,
      Map<String, Observation<List<OwnerMark>>> marks,
      Map<Meter, Observation<Readings>> readings,
      Observation<List<VersionSeen>> versions) {
    this(
        at,
        freeze,
        account,
        clusters,
        inside,
        routes,
        balancers,
        measured,
        drained,
        changes,
        references,
        rooms,
        marks,
        readings,
        versions,
        Asked.nobody());
  }

  public Observed {
    inside = Map.copyOf(inside);
    routes = Map.copyOf(routes);
    balancers = Map.copyOf(balancers);
    measured = Map.copyOf(measured);
    drained = Map.copyOf(drained);
    changes = Map.copyOf(changes);
    references = Map.copyOf(references);
    rooms = Map.copyOf(rooms);
    marks = Map.copyOf(marks);
    readings = Map.copyOf(readings);
  }

  /**
   * A load balancer by itself.
   *
   * @param arn its ARN
   * @param dnsName lower-case
   * @param canonicalZoneId the zone id an alias to it needs
   * @param active provisioned and taking traffic
   * @param targets health summed over all its groups that have targets
   */
  public record BalancerSeen(
      String arn,
      String dnsName,
      String canonicalZoneId,
      boolean active,
      Map<String, String> tags,
      RouteSeen.GroupHealth targets) {

    public BalancerSeen {
      tags = Map.copyOf(tags);
    }
  }

  /**
   * Something that still names what belongs to a cluster.
   *
   * @param where a record (zone, name, type, identifier) or a listener rule's ARN
   * @param target the load balancer or target group it names
   * @param weight its weight; -1 where it has none
   */
  public record Reference(String where, String target, int weight) {}
}
