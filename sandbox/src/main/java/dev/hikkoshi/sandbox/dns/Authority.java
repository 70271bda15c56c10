package dev.hikkoshi.sandbox.dns;

import dev.hikkoshi.sandbox.route53.AliasTarget;
import dev.hikkoshi.sandbox.route53.AliasTargets;
import dev.hikkoshi.sandbox.route53.DnsName;
import dev.hikkoshi.sandbox.route53.NameServers;
import dev.hikkoshi.sandbox.route53.RecordSet;
import dev.hikkoshi.sandbox.route53.ZoneState;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Record;

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
      Optional<PublishedZone> zone = zone(at);
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
      return new Verdict.Nothing(List.of(), address.isPresent(), Records.soa(zone));
    }
    long ttl = server ? SERVER_TTL : settings.aliasTtl().toSeconds();
    return new Verdict.Found(List.of(Records.address(name, ttl, address.get())));
  }

  private static String unprefixed(String name) {
    return new AliasTarget("", name, false).target();
  }

  private sealed interface Step {
    record Done(Verdict verdict) implements Step {}

    record Elsewhere(Record record, String name) implements Step {}
  }

  private Step step(PublishedZone zone, String name, String type) {
    Optional<RecordSet> servers = zone.delegation(name);
    if (servers.isPresent()) {
      List<Record> records = Records.of(servers.get(), servers.get().name());
      boolean asked = type.equals("NS") && servers.get().name().equals(name);
      return new Step.Done(asked ? new Verdict.Found(records) : new Verdict.Referral(records));
    }
    List<RecordSet> sets = zone.sets(name, type);
    if (!sets.isEmpty()) {
      return new Step.Done(found(zone, name, sets, LONGEST_CHAIN));
    }
    List<RecordSet> aliases = zone.sets(name, "CNAME");
    if (!aliases.isEmpty()) {
      RecordSet chosen = choose(zone, aliases);
      String target = DnsName.of(chosen.values().getFirst());
      return new Step.Elsewhere(Records.cname(name, chosen, target), target);
    }
    return new Step.Done(nothing(zone, zone.exists(name)));
  }

  private Verdict found(PublishedZone zone, String name, List<RecordSet> sets, int depth) {
    RecordSet chosen = choose(zone, sets);
    AliasTarget alias = chosen.alias();
    if (alias == null) {
      return new Verdict.Found(Records.of(chosen, name));
    }
    if (!alias.hostedZoneId().equals(zone.id())) {
      // A load balancer without an address of that type has no answer, as AAAA of an IPv4 one.
      Optional<InetAddress> address =
          chosen.type().equals("A")
              ? targets.find(alias.target()).map(AliasTargets.Endpoint::address)
              : Optional.empty();
      long ttl = settings.aliasTtl().toSeconds();
      return address
          .<Verdict>map(found -> new Verdict.Found(List.of(Records.address(name, ttl, found))))
          .orElseGet(() -> nothing(zone, true));
    }
    List<RecordSet> next = zone.sets(alias.dnsName(), chosen.type());
    return next.isEmpty() || depth == 0 ? nothing(zone, true) : found(zone, name, next, depth - 1);
  }

  private RecordSet choose(PublishedZone zone, List<RecordSet> sets) {
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
                        healthy(zone, set, LONGEST_CHAIN)))
            .toList(),
        random);
  }

  private boolean healthy(PublishedZone zone, RecordSet set, int depth) {
    AliasTarget alias = set.alias();
    if (alias == null || !alias.evaluateTargetHealth() || depth == 0) {
      return true;
    }
    if (DnsName.within(alias.target(), settings.balancerSuffix())) {
      return targets.find(alias.target()).map(AliasTargets.Endpoint::healthy).orElse(false);
    }
    return zone.sets(alias.dnsName(), set.type()).stream()
        .anyMatch(other -> healthy(zone, other, depth - 1));
  }

  private Optional<PublishedZone> zone(String name) {
    return zones.stream()
        .filter(zone -> DnsName.within(name, zone.zone().name()))
        .map(zone -> new PublishedZone(zone.zone(), zone.published(now)))
        .filter(zone -> !zone.sets().isEmpty())
        .max(Comparator.comparingInt(zone -> zone.name().length()));
  }

  private static Verdict nothing(PublishedZone zone, boolean exists) {
    return zone.soa()
        .<Verdict>map(soa -> new Verdict.Nothing(List.of(), exists, soa))
        .orElseGet(Verdict.Refused::new);
  }
}
