package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.move.Sides.Side;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The web route: its records at Route 53, and when the name servers have them. */
final class DnsRoute extends Route {

  static final Duration TTL = Duration.ofSeconds(60);

  List<RecordSeen> records = List.of();

  /** Before the last write. */
  List<RecordSeen> before = List.of();

  /** By set identifier: each weighted record as it was written last. */
  final Map<String, RecordSeen> lastWritten = new TreeMap<>();

  /** What external-dns says of its name. */
  List<OwnerMark> marks = List.of();

  private final Timeline time;
  private final Collection<Cluster> clusters;
  private final Runnable written;

  /** Records as a stranger wrote them. */
  private final Set<RecordSeen> theirs = new HashSet<>();

  /** By a change's id: when every server has it. */
  private final Map<String, Instant> insyncAt = new TreeMap<>();

  private final Duration insyncMost;

  /**
   * There are no records yet.
   *
   * @param clusters those that there are
   * @param written told of every write
   */
  DnsRoute(Timeline time, SplittableRandom random, Collection<Cluster> clusters, Runnable written) {
    this.time = time;
    this.clusters = clusters;
    this.written = written;
    this.insyncMost = Duration.ofSeconds(5 + random.nextInt(40));
  }

  @Override
  Sides sides() {
    SortedMap<String, Side> sides = new TreeMap<>();
    for (RecordSeen r : records) {
      Optional<String> target =
          r.alias().map(AliasSeen::dnsName).or(() -> r.values().stream().findFirst());
      String side = side(target, r.setIdentifier().orElse(""));
      sides.put(side, new Side(r.weight().orElse(1), target.orElse("")));
    }
    return new Sides(sides);
  }

  /** The side that a record is: the cluster that it leads to, else its identifier. */
  String side(Optional<String> target, String identifier) {
    for (Cluster c : clusters) {
      if (target.isPresent() && target.get().equals(c.balancer)) {
        return c.name;
      }
    }
    return identifier;
  }

  /** Route 53 has new records; servers follow within seconds. Answers the change's id. */
  String write(List<RecordSeen> next, boolean byStranger) {
    next.forEach(r -> r.setIdentifier().ifPresent(set -> lastWritten.put(set, r)));
    foreign = strangers(next, byStranger);
    before = records;
    writtenAt = time.instant();
    records = List.copyOf(next);
    written.run();
    Instant insync = time.in(1, (int) insyncMost.toSeconds());
    String id = "C" + (insyncAt.size() + 1);
    insyncAt.put(id, insync);
    // A later write may reach the servers before an earlier one was everywhere, never after it.
    history.add(insync, sides());
    return id;
  }

  /** A change names some records; others beside them stay a stranger's. */
  private boolean strangers(List<RecordSeen> next, boolean byStranger) {
    for (RecordSeen r : next) {
      if (byStranger && !records.contains(r)) {
        theirs.add(r);
      } else if (!byStranger && !records.contains(r)) {
        theirs.remove(r);
      }
    }
    theirs.retainAll(next);
    return byStranger || !theirs.isEmpty();
  }

  /** Whether every server has a change; asking for one that was not made is a mistake. */
  boolean insync(String change) {
    return time.past(Objects.requireNonNull(insyncAt.get(change), change));
  }
}
