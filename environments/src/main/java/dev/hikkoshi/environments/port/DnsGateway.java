package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Route 53 and the name servers that answer for it. */
public interface DnsGateway {

  /**
   * A hosted zone, named as in the definition, reached with a role where the zone lives in another
   * account.
   */
  record Zone(String name, Optional<String> role) {}

  /** All record sets of a name, with the TTL that authoritative servers answer. */
  Observation<DnsRouteSeen> route(Zone zone, String recordName);

  /**
   * The TXT sets by which external-dns calls a name its own, whatever prefix or suffix they have;
   * {@code resource} names an object that is known to ask for the name. Sets may be as they were a
   * minute ago: the whole zone has to be listed for them.
   */
  Observation<List<OwnerMark>> marks(Zone zone, String recordName, String resource);

  /**
   * One atomic batch: first every DELETE, exact in all values, then every CREATE. Because a DELETE
   * must match, the batch is a compare-and-set.
   *
   * @return {@link Outcome.Done} with fact {@code changeId}; {@link Outcome.Changed} when a DELETE
   *     did not match or a CREATE exists
   */
  Outcome change(Zone zone, String zoneId, List<RecordSeen> deletes, List<RecordSeen> creates);

  /** Whether a change is on all authoritative servers (GetChange: INSYNC). */
  Observation<Boolean> insync(Zone zone, String changeId);

  /**
   * Asks the authoritative servers and counts which side each answer points at.
   *
   * @param clusterByBalancer cluster name by load balancer DNS name; other answers count as
   *     strangers
   * @param queries how many independent queries
   */
  Observation<Measured> sample(
      Zone zone, String recordName, Map<String, String> clusterByBalancer, int queries);

  /**
   * Every alias or CNAME in every zone readable with this zone's credentials that points at one of
   * the load balancers. Unknown when a zone could not be listed to its end.
   */
  Observation<List<Reference>> references(Set<Optional<String>> roles, Set<String> balancerNames);
}
