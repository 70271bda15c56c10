package dev.hikkoshi.sandbox.route53;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.sandbox.state.StateStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The zones of the account. Thread-safe; every accepted change is kept before it is answered. While
 * a change to a zone is in work a second one is refused with {@code PriorRequestNotComplete}, as
 * AWS does.
 */
public final class Route53 {

  private static final String DOCUMENT = "route53/zones";
  private static final int CHANGES_KEPT = 2000;
  private static final int MOST_ZONES = 500;

  private final InstantSource clock;
  private final Physics physics;
  private final StateStore store;
  private final AliasTargets targets;
  private final String balancerSuffix;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private volatile Document document;

  /** What is kept. */
  record Document(List<ZoneState> zones, List<ChangeInfo> changes) {

    Document {
      zones = List.copyOf(zones);
      changes = List.copyOf(changes);
    }
  }

  /**
   * Comes back from the store.
   *
   * @param targets the load balancers that aliases may name
   * @param region whose load balancers they are, for example {@code ap-northeast-1}
   */
  public Route53(
      InstantSource clock, Physics physics, StateStore store, AliasTargets targets, String region) {
    this.clock = clock;
    this.physics = physics;
    this.store = store;
    this.targets = targets;
    this.balancerSuffix = region + ".elb.amazonaws.com.";
    this.document = store.read(DOCUMENT, Document.class).orElse(new Document(List.of(), List.of()));
  }

  /** All zones, in the order of ListHostedZones: as they were made. */
  public List<ZoneState> zones() {
    return document.zones();
  }

  /** How names of the region's load balancers end, in the kept form. */
  public String balancerSuffix() {
    return balancerSuffix;
  }

  Instant now() {
    return clock.instant();
  }

  /** The zone of that id, or {@code NoSuchHostedZone}. */
  ZoneState zone(String id) {
    return find(id)
        .orElseThrow(
            () -> new AwsException(404, "NoSuchHostedZone", "No hosted zone found with ID: " + id));
  }

  private Optional<ZoneState> find(String id) {
    return zones().stream().filter(zone -> zone.zone().id().equals(id)).findFirst();
  }

  /** A change by id, or {@code NoSuchChange}. */
  ChangeInfo change(String id) {
    return document.changes().stream()
        .filter(change -> change.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new AwsException(404, "NoSuchChange", "Could not find resource with ID: " + id));
  }

  /** A new zone with its SOA and NS sets; a caller reference makes one zone only. */
  synchronized Created create(String name, String callerReference, @Nullable String comment) {
    if (zones().stream().anyMatch(z -> z.zone().callerReference().equals(callerReference))) {
      throw new AwsException(
          409,
          "HostedZoneAlreadyExists",
          "A hosted zone has already been created with the specified caller reference.");
    }
    if (zones().size() >= MOST_ZONES) {
      throw new AwsException(
          400, "TooManyHostedZones", "Limits exceeded: MAX_HOSTED_ZONES_BY_OWNER");
    }
    HostedZone zone = new HostedZone(Ids.zone(), name, callerReference, comment);
    ChangeInfo change = submitted(null);
    var first = new ZoneState.Version(change.insyncAt(), NameServers.of(name));
    ZoneState state = new ZoneState(zone, Map.of(), List.of(first));
    List<ZoneState> zones = new ArrayList<>(zones());
    zones.add(state);
    keep(zones, change);
    return new Created(state, change);
  }

  /** A zone and the change that made it. */
  record Created(ZoneState zone, ChangeInfo change) {}

  /** Deletes a zone that has only its own SOA and NS sets. */
  ChangeInfo delete(String id) {
    return alone(
        id,
        zone -> {
          if (zone.current().size() > 2) {
            throw new AwsException(
                400,
                "HostedZoneNotEmpty",
                "The specified hosted zone contains non-required resource record sets "
                    + "and so cannot be deleted.");
          }
          ChangeInfo change = submitted(null);
          replace(id, null, change);
          return change;
        });
  }

  /** Applies a batch whole, or refuses it whole with every problem. */
  ChangeInfo change(String id, List<Change> batch, @Nullable String comment) {
    return alone(
        id,
        zone -> {
          ChangeRules.Result result = ChangeRules.apply(zone, batch, targets, balancerSuffix);
          if (!result.problems().isEmpty()) {
            throw new AwsException(
                400, "InvalidChangeBatch", "[" + String.join(", ", result.problems()) + "]");
          }
          ChangeInfo change = submitted(comment);
          replace(id, zone.with(result.records(), change.insyncAt(), clock.instant()), change);
          return change;
        });
  }

  /** Adds and takes away tags of a zone. */
  ZoneState tag(String id, Map<String, String> add, Collection<String> remove) {
    return alone(
        id,
        zone -> {
          Map<String, String> tags = new LinkedHashMap<>(zone.tags());
          remove.forEach(tags::remove);
          tags.putAll(add);
          if (tags.size() > 50) {
            throw new AwsException(400, "InvalidInput", "A resource can have at most 50 tags");
          }
          ZoneState tagged = zone.withTags(tags);
          replace(id, tagged, null);
          return tagged;
        });
  }

  private <T> T alone(String id, Function<ZoneState, T> work) {
    zone(id);
    ReentrantLock lock = locks.computeIfAbsent(id, key -> new ReentrantLock());
    if (!lock.tryLock()) {
      throw new AwsException(
          400,
          "PriorRequestNotComplete",
          "The request was rejected because Route 53 was still processing a prior request.");
    }
    try {
      return work.apply(zone(id));
    } finally {
      lock.unlock();
    }
  }

  private ChangeInfo submitted(@Nullable String comment) {
    Instant now = clock.instant();
    return new ChangeInfo(Ids.change(), comment, now, now.plus(physics.insync()));
  }

  private synchronized void replace(
      String id, @Nullable ZoneState with, @Nullable ChangeInfo change) {
    List<ZoneState> zones = new ArrayList<>();
    for (ZoneState zone : zones()) {
      if (!zone.zone().id().equals(id)) {
        zones.add(zone);
      } else if (with != null) {
        zones.add(with);
      }
    }
    keep(zones, change);
  }

  private void keep(List<ZoneState> zones, @Nullable ChangeInfo change) {
    List<ChangeInfo> changes = new ArrayList<>(document.changes());
    if (change != null) {
      changes.add(change);
    }
    int from = Math.max(0, changes.size() - CHANGES_KEPT);
    Document next = new Document(zones, changes.subList(from, changes.size()));
    store.write(DOCUMENT, next);
    document = next;
  }
}
