package dev.hikkoshi.cli.adopt;

import dev.hikkoshi.clusters.eks.ClusterDescription.Described;
import dev.hikkoshi.clusters.elb.RuleSurvey;
import dev.hikkoshi.clusters.route53.ZoneSurvey.ZoneSeen;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One look at a cluster and at what leads to it.
 *
 * @param account of the credentials in use
 * @param zones of each role that was named, our own credentials first
 * @param balancers of each role, in the same order
 */
public record Survey(
    Described cluster,
    String account,
    Observation<Entrances> entrances,
    List<Observation<List<ZoneSeen>>> zones,
    List<Observation<RuleSurvey.Seen>> balancers) {

  public Survey {
    zones = List.copyOf(zones);
    balancers = List.copyOf(balancers);
  }

  /** What could not be seen, with the reason. */
  public List<String> unseen() {
    return Stream.of(Stream.of(entrances), zones.stream(), balancers.stream())
        .flatMap(all -> all)
        .<String>mapMulti(
            (observation, out) -> {
              if (observation instanceof Unknown<?>(String what, String why)) {
                out.accept(what + ": " + why);
              }
            })
        .toList();
  }

  /** A zone that a named role reads too is that role's, for so the route will be written. */
  List<ZoneSeen> allZones() {
    Map<String, ZoneSeen> byId = new LinkedHashMap<>();
    zones.forEach(
        seen -> seen.known().ifPresent(some -> some.forEach(zone -> byId.put(zone.id(), zone))));
    return List.copyOf(byId.values());
  }

  /** In the order of the roles: what a later one sees too is the later one's. */
  List<RuleSurvey.Seen> allBalancers() {
    return balancers.stream().flatMap(seen -> seen.known().stream()).toList();
  }

  Entrances seenEntrances() {
    return entrances.known().orElse(new Entrances(List.of(), List.of(), List.of()));
  }
}
