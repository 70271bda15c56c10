package dev.hikkoshi.environments.observed;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What AWS holds for one route. */
public sealed interface RouteSeen {

  /**
   * A DNS name: all record sets of the name, of every type, strangers included.
   *
   * @param zoneId the hosted zone
   * @param records every record set whose name is exactly the route's
   * @param ttl how long an answer may be held
   */
  record DnsRouteSeen(String zoneId, List<RecordSeen> records, Ttl ttl) implements RouteSeen {

    public DnsRouteSeen {
      records = List.copyOf(records);
    }
  }

  /**
   * One record set, complete enough to be deleted exactly (Route 53 compares every value).
   *
   * @param setIdentifier present on weighted (and other policy) records
   * @param weight 0–255 on weighted records
   * @param policy empty for simple and weighted; else the other routing policy in AWS's word
   */
  record RecordSeen(
      String name,
      String type,
      Optional<String> setIdentifier,
      OptionalInt weight,
      Optional<String> policy,
      Optional<AliasSeen> alias,
      Optional<Long> ttl,
      List<String> values,
      Optional<String> healthCheckId) {

    public RecordSeen {
      values = List.copyOf(values);
    }
  }

  /**
   * An alias target; {@code dnsName} lower-case without a trailing dot and without dualstack
   * prefix.
   */
  record AliasSeen(String hostedZoneId, String dnsName, boolean evaluateTargetHealth) {}

  /**
   * external-dns says in a TXT set that a name is its own; it writes that name's records again, or
   * deletes them.
   *
   * @param name of the TXT set
   * @param setIdentifier of the record that it is about; empty for simple ones
   * @param owner external-dns' owner id
   * @param resource the object that asks for the name, for example {@code ingress/web/web}
   */
  record OwnerMark(String name, Optional<String> setIdentifier, String owner, String resource) {}

  /**
   * How long an answer may be held by a resolver.
   *
   * @param assumed true when no authoritative server could be asked: then it is the record's TTL,
   *     60 s for an alias
   */
  record Ttl(Duration value, boolean assumed) {}

  /**
   * A listener rule on a shared load balancer.
   *
   * @param ruleArn empty while no rule with the route's conditions exists
   * @param groups the target groups of its forward action with their weights, strangers included
   * @param health counts for every target group in {@code groups} and every group of ours for this
   *     route, by ARN
   * @param ours target groups tagged as this route's, by cluster name
   * @param fingerprint hash of everything else in the actions (stickiness, authentication): carried
   *     through a write, compared after it
   * @param actions all actions of the rule as plain values under AWS's own names, complete enough
   *     to be sent to ModifyRule; empty while there is no rule
   * @param controller what a load balancer controller says of the load balancer, its listener or
   *     the rule in their tags: it writes them again as its objects say. Empty where none does
   */
  record AlbRouteSeen(
      String loadBalancerArn,
      String listenerArn,
      Optional<String> ruleArn,
      List<GroupWeight> groups,
      Map<String, GroupHealth> health,
      Map<String, String> ours,
      Duration stickiness,
      String fingerprint,
      List<Map<String, Object>> actions,
      Optional<String> controller)
      implements RouteSeen {

    public AlbRouteSeen {
      groups = List.copyOf(groups);
      health = Map.copyOf(health);
      ours = Map.copyOf(ours);
      actions = List.copyOf(actions);
    }
  }

  /** One group of a weighted forward action, weight 0–999. */
  record GroupWeight(String groupArn, int weight) {}

  /** Targets of a group by health; {@code unused} is what AWS says of groups no rule names. */
  record GroupHealth(int healthy, int unhealthy, int initial, int draining, int unused) {

    public int total() {
      return healthy + unhealthy + initial + draining + unused;
    }
  }
}
