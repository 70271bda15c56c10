package dev.hikkoshi.environments.record;

import dev.hikkoshi.environments.collection.Sorted;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.Freeze;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
 * @param bad by name the clusters that traffic was brought home from for a reason that a person
 *     gave, and the reason: what they were built from is not tried again (rule 12)
 * @param handover present from when a person asked to take the environment out of our hands
 * @param freeze the last word on the freeze over everything that was heard and told
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
    SortedMap<String, String> bad,
    Optional<Handover> handover,
    Optional<Freeze> freeze) {

  /** How many entries are kept here; older ones belong to the Move's own history. */
  public static final int JOURNAL = 100;

  public EnvironmentRecord {
    clusters = Sorted.copyOf(clusters);
    routes = Sorted.copyOf(routes);
    holds = holds.size() < 2 ? List.copyOf(holds) : holds.stream().sorted().toList();
    intents = List.copyOf(intents);
    refusals = Sorted.copyOf(refusals);
    bad = Sorted.copyOf(bad);
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
        Sorted.empty(),
        Sorted.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        Sorted.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Sorted.empty(),
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
    return with(f -> f.environment = next).log(at, "hikkoshi", "renamed from " + environment, "");
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

  /** Whether no traffic may be written at all: few holds stop a return. */
  public boolean standsStill() {
    boolean home =
        move.map(MoveRecord::phase)
            .filter(p -> p instanceof MovePhase.Returning || p instanceof MovePhase.Returned)
            .isPresent();
    return home ? holds.stream().anyMatch(Hold::stopsReturn) : trafficHeld();
  }

  /** How many clusters exist or are being built. */
  public long existing() {
    return clusters.values().stream().filter(c -> c.life().exists()).count();
  }

  /** The same record when nothing is another than it was. */
  public EnvironmentRecord with(ClusterRecord cluster) {
    return cluster.equals(clusters.get(cluster.name()))
        ? this
        : with(f -> f.clusters = Sorted.with(clusters, cluster.name(), cluster));
  }

  /** Changes a cluster that is known. */
  public EnvironmentRecord change(String cluster, UnaryOperator<ClusterRecord> change) {
    return cluster(cluster).map(c -> with(change.apply(c))).orElse(this);
  }

  /** The same record when nothing is another than it was. */
  public EnvironmentRecord with(RouteRecord route) {
    return route.equals(routes.get(route.name()))
        ? this
        : with(f -> f.routes = Sorted.with(routes, route.name(), route));
  }

  /** The same record when nothing is another than it was. */
  public EnvironmentRecord with(MoveRecord next) {
    return move.filter(next::equals).isPresent() ? this : with(f -> f.move = Optional.of(next));
  }

  /** A move that never touched traffic is given up. */
  public EnvironmentRecord withoutMove() {
    return with(f -> f.move = Optional.empty());
  }

  /**
   * Every route goes home from here. Of the holds only those stay that nobody can explain, and
   * those of a person.
   *
   * @throws IllegalStateException when no move is on its way
   */
  public EnvironmentRecord turnedBack(Instant at, String author, String why) {
    MoveRecord forward = move.orElseThrow(() -> new IllegalStateException("there is no move"));
    MoveRecord back = forward.turnedBack(at);
    return with(f -> {
          f.holds = without(holds, hold -> !hold.outlivesReturn());
          // What did not work on the way there is no reason to wait on the way back.
          f.refusals = Sorted.empty();
          f.move = Optional.of(back);
        })
        .log(
            at,
            author,
            "return in phase " + forward.phase().word() + ": " + why,
            "",
            Optional.of(new Fact.Phase(back.phase().word())));
  }

  /** What this cluster was built from is not tried again. */
  public EnvironmentRecord withBad(String cluster, String why) {
    return with(f -> f.bad = Sorted.with(bad, cluster, why));
  }

  /** What this cluster was built from is no reason any more. */
  EnvironmentRecord withoutBad(String cluster) {
    return with(f -> f.bad = Sorted.without(bad, cluster));
  }

  /** A person wants it tried again. */
  public EnvironmentRecord nothingBad() {
    return with(f -> f.bad = Sorted.empty());
  }

  /** Uses up a number. */
  public EnvironmentRecord numbered(int used) {
    return with(f -> f.nextNumber = Math.max(nextNumber, used + 1));
  }

  /** Adds a hold unless one with this subject and reason is there; since then stays. */
  public EnvironmentRecord with(Hold hold) {
    boolean held =
        holds.stream()
            .anyMatch(h -> h.subject().equals(hold.subject()) && h.reason() == hold.reason());
    if (held) {
      return this;
    }
    return with(f -> f.holds = plus(holds, hold))
        .log(
            hold.since(),
            JournalEntry.HIKKOSHI,
            "held " + hold.subject() + ": " + hold.text(),
            "",
            Optional.of(new Fact.Held(hold.reason(), hold.subject())));
  }

  public EnvironmentRecord withoutHold(Hold hold) {
    return with(f -> f.holds = without(holds, hold::equals));
  }

  public EnvironmentRecord begin(Intent intent) {
    return with(f -> f.intents = plus(intents, intent));
  }

  public EnvironmentRecord end(String intentId) {
    return with(f -> f.intents = without(intents, i -> i.id().equals(intentId)));
  }

  public EnvironmentRecord refused(String key, String text, Instant at) {
    int times = Optional.ofNullable(refusals.get(key)).map(Refusal::times).orElse(0);
    return with(f -> f.refusals = Sorted.with(refusals, key, new Refusal(text, at, times + 1)));
  }

  public EnvironmentRecord worked(String key) {
    return refusals.containsKey(key) ? with(f -> f.refusals = Sorted.without(refusals, key)) : this;
  }

  /** Everything due until then was worked off. */
  public EnvironmentRecord scheduled(Instant due) {
    return with(f -> f.scheduled = Optional.of(due));
  }

  /** Where serving-only work runs from now on. */
  public EnvironmentRecord runOnce(Optional<RunOnce> next) {
    return with(f -> f.runOnce = next);
  }

  /** Somebody froze everything, or thawed it: told in the name of that person. */
  public EnvironmentRecord heard(Freeze word, Instant at) {
    String text = (word.on() ? "froze everything: " : "thawed everything: ") + word.reason();
    return with(f -> f.freeze = Optional.of(word)).log(at, word.author(), text, "");
  }

  /** What became of the handover. */
  public EnvironmentRecord with(Handover next) {
    return with(f -> f.handover = Optional.of(next));
  }

  /** Nothing is managed any more: of all that was, only the numbers and the journal are kept. */
  public EnvironmentRecord letGo(Handover.Done done) {
    return fresh(environment)
        .with(
            f -> {
              f.nextNumber = nextNumber;
              f.journal = journal;
              f.handover = Optional.of(done);
            });
  }

  /** A handover is taken back. */
  EnvironmentRecord managed() {
    return with(f -> f.handover = Optional.empty());
  }

  /** Appends to the journal what only people read. */
  public EnvironmentRecord log(Instant at, String author, String text, String requestId) {
    return log(at, author, text, requestId, Optional.empty());
  }

  /** Appends to the journal. */
  public EnvironmentRecord log(
      Instant at, String author, String text, String requestId, Optional<Fact> fact) {
    String id = move.map(MoveRecord::id).orElse("");
    JournalEntry entry = new JournalEntry(at, id, author, text, requestId, fact);
    return with(f -> f.journal = plus(journal, entry));
  }

  /** For a new record, which makes a copy that nobody can change. */
  private static <T> List<T> plus(List<T> list, T item) {
    List<T> next = new ArrayList<>(list.size() + 1);
    next.addAll(list);
    next.add(item);
    return next;
  }

  private static <T> List<T> without(List<T> list, Predicate<T> unwanted) {
    return list.stream().filter(Predicate.not(unwanted)).toList();
  }

  private EnvironmentRecord with(Consumer<EnvironmentFields> change) {
    EnvironmentFields fields = new EnvironmentFields(this);
    change.accept(fields);
    return fields.record();
  }
}
