package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

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
 * @param strayed when it was seen with share after its traffic had been taken away: somebody else
 *     put it back
 * @param adopted since when it is the environment's, for a cluster that Hikkoshi did not build
 * @param leftOut when a definition last left a part out
 * @param cleared when it was first seen without share after it had strayed; empty while that lasts
 * @param takenAway since when its retirement, also one that was broken off, may have taken away
 *     what led into it
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
    Optional<Instant> strayed,
    Optional<Instant> adopted,
    Optional<Instant> leftOut,
    Optional<Instant> cleared,
    Optional<Instant> takenAway) {

  /** No definition left anything out yet, and nobody put it back. */
  public ClusterRecord(
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
      Optional<Instant> strayed,
      Optional<Instant> adopted) {
    this(
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
        strayed,
        adopted,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public ClusterRecord {
    immutable = Sorted.copyOf(immutable);
    mutable = Sorted.copyOf(mutable);
    ends = Sorted.copyOf(ends);
    dropped = Sorted.copyOf(dropped);
  }

  public ClusterRecord with(ClusterLife next) {
    Optional<Instant> first =
        served.or(
            () ->
                next instanceof ClusterLife.Serving s ? Optional.of(s.since()) : Optional.empty());
    Optional<Instant> retired =
        takenAway.or(
            () ->
                next instanceof ClusterLife.Retiring r ? Optional.of(r.since()) : Optional.empty());
    return with(
        f -> {
          f.life = next;
          f.served = first;
          f.takenAway = retired;
        });
  }

  public ClusterRecord with(Identity seen) {
    return with(f -> f.identity = Optional.of(seen));
  }

  /**
   * A later commit asks for this very cluster with other mutable fields.
   *
   * @param parts that are to go
   */
  public ClusterRecord askedBy(
      String laterCommit,
      SortedMap<String, String> fields,
      SortedMap<String, String> parts,
      Instant now) {
    return with(
        f -> {
          f.mutable = fields;
          f.commit = laterCommit;
          f.dropped = parts;
          f.leftOut = Optional.of(now);
        });
  }

  /** Until when a part that was left out may still be made, by a call before that. */
  public Optional<Instant> mayComeUntil() {
    return leftOut.map(at -> at.plus(Intent.LATE));
  }

  public ClusterRecord withEnd(String route, String target) {
    return with(f -> f.ends = Sorted.with(ends, route, target));
  }

  /** The same with other parts that are to go. */
  public ClusterRecord dropping(SortedMap<String, String> parts) {
    return with(f -> f.dropped = parts);
  }

  /** Somebody else gave it share again. */
  public ClusterRecord strayed(Instant now) {
    return with(
        f -> {
          f.strayed = Optional.of(now);
          f.cleared = Optional.empty();
        });
  }

  /** The share that somebody else gave it is gone. */
  public ClusterRecord cleared(Instant now) {
    return with(f -> f.cleared = Optional.of(now));
  }

  /** Whether somebody else gave it share that has not been seen to go yet. */
  public boolean strays() {
    return strayed.isPresent() && cleared.isEmpty();
  }

  private ClusterRecord with(Consumer<Fields> change) {
    Fields fields = new Fields();
    change.accept(fields);
    return new ClusterRecord(
        name,
        number,
        version,
        immutable,
        fields.mutable,
        fields.commit,
        fields.identity,
        requestToken,
        fields.life,
        fields.ends,
        fields.served,
        fields.dropped,
        fields.strayed,
        adopted,
        fields.leftOut,
        fields.cleared,
        fields.takenAway);
  }

  /** What changes in a cluster's life, for the length of a lambda. */
  private final class Fields {
    SortedMap<String, String> mutable = ClusterRecord.this.mutable;
    String commit = ClusterRecord.this.commit;
    Optional<Identity> identity = ClusterRecord.this.identity;
    ClusterLife life = ClusterRecord.this.life;
    SortedMap<String, String> ends = ClusterRecord.this.ends;
    Optional<Instant> served = ClusterRecord.this.served;
    SortedMap<String, String> dropped = ClusterRecord.this.dropped;
    Optional<Instant> strayed = ClusterRecord.this.strayed;
    Optional<Instant> leftOut = ClusterRecord.this.leftOut;
    Optional<Instant> cleared = ClusterRecord.this.cleared;
    Optional<Instant> takenAway = ClusterRecord.this.takenAway;
  }
}
