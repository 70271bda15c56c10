package dev.hikkoshi.environments.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Everything that is remembered of one environment because it cannot be observed. Immutable; every
 * change is a new record.
 *
 * @param nextNumber the number of the next cluster; never goes back
 * @param holds in order of subject, one for each subject and reason
 * @param refusals by action key: what did not work last time
 * @param journal the newest {@value #JOURNAL} entries, oldest first
 * @param scheduled the last due time of the upgrade schedule that was worked off, so that a time
 *     missed while nobody ran is made up for once and none is worked off twice
 * @param runOnce where serving-only work runs; empty while nothing is classified so
 * @param handover present from when a person asked to take the environment out of our hands
 */
public record EnvironmentRecord(
    String environment,
    int nextNumber,
    SortedMap<String, ClusterRecord> clusters,
    SortedMap<String, RouteRecord> routes,
    Optional<MoveRecord> move,
    List<Hold> holds,
    List<Intent> intents,
    SortedMap<String, Refusal> refusals,
    List<JournalEntry> journal,
    Optional<Instant> scheduled,
    Optional<RunOnce> runOnce,
    Optional<Handover> handover) {

  /** How many entries are kept here; older ones belong to the Move's own history. */
  public static final int JOURNAL = 100;

  public EnvironmentRecord {
    clusters = Collections.unmodifiableSortedMap(new TreeMap<>(clusters));
    routes = Collections.unmodifiableSortedMap(new TreeMap<>(routes));
    holds = holds.stream().sorted().toList();
    intents = List.copyOf(intents);
    refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
    journal =
        journal.size() <= JOURNAL
            ? List.copyOf(journal)
            : List.copyOf(journal.subList(journal.size() - JOURNAL, journal.size()));
  }

  /** An environment that nothing is known of. */
  public static EnvironmentRecord fresh(String environment) {
    return new EnvironmentRecord(
        environment,
        1,
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.empty(),
        List.of(),
        List.of(),
        new TreeMap<>(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether anything of the world is remembered; a journal alone is not. */
  public boolean blank() {
    return clusters.isEmpty() && routes.isEmpty() && move.isEmpty();
  }

  /** Whether a handover has ended: then nothing is managed, and nothing is looked at. */
  public boolean handedOver() {
    return handover.filter(Handover.Done.class::isInstance).isPresent();
  }

  /** All that is remembered, under the environment's new name. */
  public EnvironmentRecord renamed(String next, Instant at) {
    return new EnvironmentRecord(
            next,
            nextNumber,
            clusters,
            routes,
            move,
            holds,
            intents,
            refusals,
            journal,
            scheduled,
            runOnce,
            handover)
        .log(at, "hikkoshi", "renamed from " + environment, "");
  }

  public Optional<ClusterRecord> cluster(String name) {
    return Optional.ofNullable(clusters.get(name));
  }

  public Optional<RouteRecord> route(String name) {
    return Optional.ofNullable(routes.get(name));
  }

  /** Whether traffic is held for any reason. */
  public boolean trafficHeld() {
    return holds.stream().anyMatch(h -> h.scope() == Hold.Scope.TRAFFIC);
  }

  /** How many clusters exist or are being built. */
  public long existing() {
    return clusters.values().stream().filter(c -> c.life().exists()).count();
  }

  public EnvironmentRecord with(ClusterRecord cluster) {
    SortedMap<String, ClusterRecord> next = new TreeMap<>(clusters);
    next.put(cluster.name(), cluster);
    return copy(nextNumber, next, routes, move, holds, intents, refusals, journal);
  }

  /** Changes a cluster that is known. */
  public EnvironmentRecord change(String cluster, UnaryOperator<ClusterRecord> change) {
    return cluster(cluster).map(c -> with(change.apply(c))).orElse(this);
  }

  public EnvironmentRecord with(RouteRecord route) {
    SortedMap<String, RouteRecord> next = new TreeMap<>(routes);
    next.put(route.name(), route);
    return copy(nextNumber, clusters, next, move, holds, intents, refusals, journal);
  }

  public EnvironmentRecord with(MoveRecord next) {
    return copy(nextNumber, clusters, routes, Optional.of(next), holds, intents, refusals, journal);
  }

  /** A move that never touched traffic is given up. */
  public EnvironmentRecord withoutMove() {
    return copy(nextNumber, clusters, routes, Optional.empty(), holds, intents, refusals, journal);
  }

  /** Uses up a number. */
  public EnvironmentRecord numbered(int used) {
    return copy(
        Math.max(nextNumber, used + 1), clusters, routes, move, holds, intents, refusals, journal);
  }

  /** Adds a hold unless one with this subject and reason is there; since then stays. */
  public EnvironmentRecord with(Hold hold) {
    boolean held =
        holds.stream()
            .anyMatch(h -> h.subject().equals(hold.subject()) && h.reason() == hold.reason());
    if (held) {
      return this;
    }
    List<Hold> next = new ArrayList<>(holds);
    next.add(hold);
    return copy(nextNumber, clusters, routes, move, next, intents, refusals, journal)
        .log(hold.since(), "hikkoshi", "held " + hold.subject() + ": " + hold.text(), "");
  }

  public EnvironmentRecord withoutHold(Hold hold) {
    List<Hold> next = holds.stream().filter(h -> !h.equals(hold)).toList();
    return copy(nextNumber, clusters, routes, move, next, intents, refusals, journal);
  }

  public EnvironmentRecord begin(Intent intent) {
    List<Intent> next = new ArrayList<>(intents);
    next.add(intent);
    return copy(nextNumber, clusters, routes, move, holds, next, refusals, journal);
  }

  public EnvironmentRecord end(String intentId) {
    List<Intent> next = intents.stream().filter(i -> !i.id().equals(intentId)).toList();
    return copy(nextNumber, clusters, routes, move, holds, next, refusals, journal);
  }

  public EnvironmentRecord refused(String key, String text, Instant at) {
    SortedMap<String, Refusal> next = new TreeMap<>(refusals);
    int times = Optional.ofNullable(refusals.get(key)).map(Refusal::times).orElse(0);
    next.put(key, new Refusal(text, at, times + 1));
    return copy(nextNumber, clusters, routes, move, holds, intents, next, journal);
  }

  public EnvironmentRecord worked(String key) {
    if (!refusals.containsKey(key)) {
      return this;
    }
    SortedMap<String, Refusal> next = new TreeMap<>(refusals);
    next.remove(key);
    return copy(nextNumber, clusters, routes, move, holds, intents, next, journal);
  }

  /** Everything due until then was worked off. */
  public EnvironmentRecord scheduled(Instant due) {
    return new EnvironmentRecord(
        environment,
        nextNumber,
        clusters,
        routes,
        move,
        holds,
        intents,
        refusals,
        journal,
        Optional.of(due),
        runOnce,
        handover);
  }

  /** Where serving-only work runs from now on. */
  public EnvironmentRecord runOnce(Optional<RunOnce> next) {
    return new EnvironmentRecord(
        environment,
        nextNumber,
        clusters,
        routes,
        move,
        holds,
        intents,
        refusals,
        journal,
        scheduled,
        next,
        handover);
  }

  /** What became of the handover. */
  public EnvironmentRecord with(Handover next) {
    return parting(Optional.of(next));
  }

  /** Nothing is managed any more: of all that was, only the numbers and the journal are kept. */
  public EnvironmentRecord letGo(Handover.Done done) {
    return new EnvironmentRecord(
        environment,
        nextNumber,
        new TreeMap<>(),
        new TreeMap<>(),
        Optional.empty(),
        List.of(),
        List.of(),
        new TreeMap<>(),
        journal,
        Optional.empty(),
        Optional.empty(),
        Optional.of(done));
  }

  /** A handover is taken back. */
  EnvironmentRecord managed() {
    return parting(Optional.empty());
  }

  private EnvironmentRecord parting(Optional<Handover> next) {
    return new EnvironmentRecord(
        environment,
        nextNumber,
        clusters,
        routes,
        move,
        holds,
        intents,
        refusals,
        journal,
        scheduled,
        runOnce,
        next);
  }

  /** Appends to the journal. */
  public EnvironmentRecord log(Instant at, String author, String text, String requestId) {
    List<JournalEntry> next = new ArrayList<>(journal);
    String id = move.map(MoveRecord::id).orElse("");
    next.add(new JournalEntry(at, id, author, text, requestId));
    return copy(nextNumber, clusters, routes, move, holds, intents, refusals, next);
  }

  private EnvironmentRecord copy(
      int number,
      SortedMap<String, ClusterRecord> clusters,
      SortedMap<String, RouteRecord> routes,
      Optional<MoveRecord> move,
      List<Hold> holds,
      List<Intent> intents,
      SortedMap<String, Refusal> refusals,
      List<JournalEntry> journal) {
    return new EnvironmentRecord(
        environment,
        number,
        clusters,
        routes,
        move,
        holds,
        intents,
        refusals,
        journal,
        scheduled,
        runOnce,
        handover);
  }
}
