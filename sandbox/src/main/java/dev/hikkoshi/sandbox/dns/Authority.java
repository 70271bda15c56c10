package dev.hikkoshi.sandbox.dns;

import dev.hikkoshi.sandbox.route53.AliasTarget;
import dev.hikkoshi.sandbox.route53.AliasTargets;
import dev.hikkoshi.sandbox.route53.DnsName;
import dev.hikkoshi.sandbox.route53.NameServers;
import dev.hikkoshi.sandbox.route53.RecordSet;
import dev.hikkoshi.sandbox.route53.RecordValues;
import dev.hikkoshi.sandbox.route53.ZoneState;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.TextParseException;

/**
 * What the name server says of one question, given the zones and the load balancers at an instant.
 */
final class Authority {

  private static final int LONGEST_CHAIN = 8;
  private static final long SERVER_TTL = 172_800;

  private final List<ZoneState> zones;
  private final AliasTargets targets;
  private final Settings settings;
  private final Instant now;
  private final IntUnaryOperator random;

  /**
   * What does not change from question to question.
   *
   * @param balancerSuffix how names of the region's load balancers end
   * @param aliasTtl the TTL of answers for load balancers
   * @param address where the name server itself is
   */
  record Settings(String balancerSuffix, Duration aliasTtl, InetAddress address) {}

  Authority(
      List<ZoneState> zones,
      AliasTargets targets,
      Settings settings,
      Instant now,
      IntUnaryOperator random) {
    this.zones = zones;
    this.targets = targets;
    this.settings = settings;
    this.now = now;
    this.random = random;
  }

  /** What is said of a question. */
  sealed interface Verdict {

    /** Records, and whether they are of a zone that is ours. */
    record Found(List<Record> answers) implements Verdict {}

    /** The name exists, but not with that type; or it does not exist at all. */
    record Nothing(List<Record> answers, boolean nameExists, Record soa) implements Verdict {}

    /** Another server is asked for the names below. */
    record Referral(List<Record> servers) implements Verdict {}

    /** No zone of ours. */
    record Refused() implements Verdict {}
  }

  /**
   * Answers a question.
   *
   * @param name in the kept form of {@link DnsName}
   * @param type for example {@code A}
   */
  Verdict answer(String name, String type) {
    List<Record> chain = new ArrayList<>();
    String at = name;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      Verdict own = own(at, type);
      if (own != null) {
        return joined(chain, own);
      }
      Optional<ZoneState> zone = zone(at);
      if (zone.isEmpty()) {
        return chain.isEmpty() ? new Verdict.Refused() : new Verdict.Found(chain);
      }
      Step step = step(zone.get(), at, type);
      switch (step) {
        case Step.Done done -> {
          return joined(chain, done.verdict());
        }
        case Step.Elsewhere elsewhere -> {
          chain.add(elsewhere.record());
          at = elsewhere.name();
        }
      }
    }
    return new Verdict.Found(chain);
  }

  private static Verdict joined(List<Record> chain, Verdict last) {
    return switch (last) {
      case Verdict.Found found -> new Verdict.Found(join(chain, found.answers()));
      case Verdict.Nothing nothing ->
          new Verdict.Nothing(join(chain, nothing.answers()), nothing.nameExists(), nothing.soa());
      case Verdict.Referral referral ->
          chain.isEmpty() ? referral : new Verdict.Found(List.copyOf(chain));
      case Verdict.Refused refused -> refused;
    };
  }

  private static List<Record> join(List<Record> one, List<Record> other) {
    List<Record> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /** Names of load balancers and of the server itself; null for all others. */
  private @Nullable Verdict own(String name, String type) {
    boolean server = NameServers.NAMES.contains(name);
    boolean balancer = DnsName.within(name, settings.balancerSuffix());
    if (!server && !balancer) {
      return null;
    }
    String zone = server ? NameServers.SUFFIX : settings.balancerSuffix();
    Optional<InetAddress> address =
        server
            ? Optional.of(settings.address())
            : targets.find(unprefixed(name)).map(AliasTargets.Endpoint::address);
    if (address.isEmpty() || !type.equals("A")) {
      return new Verdict.Nothing(List.of(), address.isPresent(), soa(zone));
    }
    long ttl = server ? SERVER_TTL : settings.aliasTtl().toSeconds();
    return new Verdict.Found(List.of(address(name, ttl, address.get())));
  }

  private static String unprefixed(String name) {
    return new AliasTarget("", name, false).target();
  }

  private sealed interface Step {
    record Done(Verdict verdict) implements Step {}

    record Elsewhere(Record record, String name) implements Step {}
  }

  private Step step(ZoneState zone, String name, String type) {
    List<RecordSet> published = zone.published(now);
    List<RecordSet> servers = delegation(zone, published, name);
    if (!servers.isEmpty()) {
      List<Record> records = records(servers.getFirst(), servers.getFirst().name());
      boolean asked = type.equals("NS") && servers.getFirst().name().equals(name);
      return new Step.Done(asked ? new Verdict.Found(records) : new Verdict.Referral(records));
    }
    List<RecordSet> ofName = ofName(published, name);
    List<RecordSet> sets = ofName.stream().filter(set -> set.type().equals(type)).toList();
    if (!sets.isEmpty()) {
      return new Step.Done(found(zone, name, sets, LONGEST_CHAIN));
    }
    List<RecordSet> aliases = ofName.stream().filter(s -> s.type().equals("CNAME")).toList();
    if (!aliases.isEmpty()) {
      RecordSet chosen = choose(published, aliases);
      String target = DnsName.of(chosen.values().getFirst());
      return new Step.Elsewhere(cname(name, chosen, target), target);
    }
    boolean exists =
        !ofName.isEmpty() || published.stream().anyMatch(set -> set.name().endsWith("." + name));
    return new Step.Done(nothing(published, zone, exists));
  }

  private Verdict found(ZoneState zone, String name, List<RecordSet> sets, int depth) {
    List<RecordSet> published = zone.published(now);
    RecordSet chosen = choose(published, sets);
    AliasTarget alias = chosen.alias();
    if (alias == null) {
      return new Verdict.Found(records(chosen, name));
    }
    if (!alias.hostedZoneId().equals(zone.zone().id())) {
      // A load balancer without an address of that type has no answer, as AAAA of an IPv4 one.
      Optional<InetAddress> address =
          chosen.type().equals("A")
              ? targets.find(alias.target()).map(AliasTargets.Endpoint::address)
              : Optional.empty();
      long ttl = settings.aliasTtl().toSeconds();
      return address
          .<Verdict>map(found -> new Verdict.Found(List.of(address(name, ttl, found))))
          .orElseGet(() -> nothing(published, zone, true));
    }
    List<RecordSet> next =
        ofName(published, alias.dnsName()).stream()
            .filter(set -> set.type().equals(chosen.type()))
            .toList();
    return next.isEmpty() || depth == 0
        ? nothing(published, zone, true)
        : found(zone, name, next, depth - 1);
  }

  private RecordSet choose(List<RecordSet> published, List<RecordSet> sets) {
    if (sets.size() == 1) {
      return sets.getFirst();
    }
    return WeightedAnswer.choose(
        sets.stream()
            .map(
                set ->
                    new WeightedAnswer.Candidate<>(
                        set,
                        set.weight() == null ? 0 : set.weight(),
                        healthy(published, set, LONGEST_CHAIN)))
            .toList(),
        random);
  }

  private boolean healthy(List<RecordSet> published, RecordSet set, int depth) {
    AliasTarget alias = set.alias();
    if (alias == null || !alias.evaluateTargetHealth() || depth == 0) {
      return true;
    }
    if (DnsName.within(alias.target(), settings.balancerSuffix())) {
      return targets.find(alias.target()).map(AliasTargets.Endpoint::healthy).orElse(false);
    }
    return ofName(published, alias.dnsName()).stream()
        .filter(other -> other.type().equals(set.type()))
        .anyMatch(other -> healthy(published, other, depth - 1));
  }

  private Optional<ZoneState> zone(String name) {
    return zones.stream()
        .filter(zone -> DnsName.within(name, zone.zone().name()))
        .filter(zone -> !zone.published(now).isEmpty())
        .max(Comparator.comparingInt(zone -> zone.zone().name().length()));
  }

  /** The NS set at or above the name and below the zone's own name, if there is one. */
  private static List<RecordSet> delegation(
      ZoneState zone, List<RecordSet> published, String name) {
    return published.stream()
        .filter(set -> set.type().equals("NS") && !set.name().equals(zone.zone().name()))
        .filter(set -> DnsName.within(name, set.name()))
        .toList();
  }

  /** The sets of a name, or of the wildcard that stands for it. */
  private static List<RecordSet> ofName(List<RecordSet> published, String name) {
    List<RecordSet> exact = published.stream().filter(set -> set.name().equals(name)).toList();
    String parent = name;
    while (exact.isEmpty() && parent.indexOf('.') < parent.length() - 1) {
      parent = parent.substring(parent.indexOf('.') + 1);
      String wildcard = "\\052." + parent;
      exact = published.stream().filter(set -> set.name().equals(wildcard)).toList();
      String above = parent;
      if (published.stream().anyMatch(set -> set.name().equals(above))) {
        break; // a name that exists covers what is below it (RFC 4592)
      }
    }
    return exact;
  }

  private static List<Record> records(RecordSet set, String name) {
    List<Record> records = new ArrayList<>();
    for (String value : set.values()) {
      try {
        records.add(
            RecordValues.record(name, set.type(), set.ttl() == null ? 0 : set.ttl(), value));
      } catch (IOException e) {
        throw new IllegalStateException("a value that was accepted: " + value, e);
      }
    }
    return records;
  }

  private Verdict nothing(List<RecordSet> published, ZoneState zone, boolean exists) {
    return published.stream()
        .filter(set -> set.type().equals("SOA"))
        .findFirst()
        .map(set -> records(set, zone.zone().name()).getFirst())
        .<Verdict>map(soa -> new Verdict.Nothing(List.of(), exists, soa))
        .orElseGet(Verdict.Refused::new);
  }

  private static Record soa(String zone) {
    try {
      String value =
          NameServers.NAMES.getFirst() + " awsdns-hostmaster.amazon.com. 1 7200 900 1209600 60";
      return RecordValues.record(zone, "SOA", 60, value);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Record address(String name, long ttl, InetAddress address) {
    return new ARecord(name(name), DClass.IN, ttl, address);
  }

  private static Record cname(String name, RecordSet set, String target) {
    return new CNAMERecord(name(name), DClass.IN, set.ttl() == null ? 0 : set.ttl(), name(target));
  }

  private static Name name(String name) {
    try {
      return Name.fromString(DnsName.wire(name));
    } catch (TextParseException e) {
      throw new IllegalStateException(e);
    }
  }
}
