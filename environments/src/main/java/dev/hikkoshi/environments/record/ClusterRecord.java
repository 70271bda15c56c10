package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of one cluster.
 *
 * @param immutable the definition it was built from, by field path (rule 9 compares these)
 * @param mutable the other fields, of the last commit that asked for this cluster
 * @param commit the last commit that asked for it
 * @param identity empty until EKS answered once
 * @param requestToken the same for every attempt to create it
 * @param ends for each route what of this cluster was ever put on it, and for one that was adopted
 *     whatever else leads into it, by itself; these are searched for before the cluster may go
 * @param served since when it first had share; empty when it never had any
 * @param dropped fields that name parts of the cluster (node groups, add-ons, access entries and
 *     their policies) which an earlier definition asked for and the newest does not, until these
 *     are gone
 * @param adopted since when it is the environment's, for a cluster that Hikkoshi did not build
 */
public record ClusterRecord(
    String name,
    int number,
    String version,
    SortedMap<String, String> immutable,
    SortedMap<String, String> mutable,
    String commit,
    Optional<Identity> identity,
    String requestToken,
    ClusterLife life,
    SortedMap<String, String> ends,
    Optional<Instant> served,
    SortedMap<String, String> dropped,
    Optional<Instant> adopted) {

  public ClusterRecord {
    immutable = Collections.unmodifiableSortedMap(new TreeMap<>(immutable));
    mutable = Collections.unmodifiableSortedMap(new TreeMap<>(mutable));
    ends = Collections.unmodifiableSortedMap(new TreeMap<>(ends));
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
  }

  public ClusterRecord with(ClusterLife next) {
    Optional<Instant> first =
        served.or(
            () ->
                next instanceof ClusterLife.Serving s ? Optional.of(s.since()) : Optional.empty());
    return copy(mutable, commit, identity, next, ends, first, dropped);
  }

  public ClusterRecord with(Identity seen) {
    return copy(mutable, commit, Optional.of(seen), life, ends, served, dropped);
  }

  /** A later commit asks for this very cluster with other mutable fields. */
  public ClusterRecord askedBy(String laterCommit, SortedMap<String, String> fields) {
    return copy(fields, laterCommit, identity, life, ends, served, dropped);
  }

  public ClusterRecord withEnd(String route, String target) {
    SortedMap<String, String> next = new TreeMap<>(ends);
    next.put(route, target);
    return copy(mutable, commit, identity, life, next, served, dropped);
  }

  /** The same with other parts that are to go. */
  public ClusterRecord dropping(SortedMap<String, String> parts) {
    return copy(mutable, commit, identity, life, ends, served, parts);
  }

  private ClusterRecord copy(
      SortedMap<String, String> mutable,
      String commit,
      Optional<Identity> identity,
      ClusterLife life,
      SortedMap<String, String> ends,
      Optional<Instant> served,
      SortedMap<String, String> dropped) {
    return new ClusterRecord(
        name,
        number,
        version,
        immutable,
        mutable,
        commit,
        identity,
        requestToken,
        life,
        ends,
        served,
        dropped,
        adopted);
  }
}
