package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.AlbRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.DnsRouteSeen;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.time.Duration;
import java.util.List;

/** Records and rules as AWS holds them. */
final class Routes {

  /** An alias's; whoever waits longer goes home slowly. */
  private static final Duration SHORT = Duration.ofSeconds(60);

  private final Subject subject;
  private final List<Advice> advice;

  private Routes(Subject subject, List<Advice> advice) {
    this.subject = subject;
    this.advice = advice;
  }

  static void examine(Subject subject, Subject.Seen seen, List<Advice> advice) {
    Routes routes = new Routes(subject, advice);
    for (DesiredRoute route : subject.desired().routes()) {
      switch (seen.observed().routes().get(route.name())) {
        case null -> routes.unseen(route, "it was not looked at");
        case Unknown<RouteSeen>(String what, String why) -> routes.unseen(route, what + ": " + why);
        case Known<RouteSeen>(RouteSeen known) -> routes.seen(route, known);
      }
    }
  }

  private void add(
      Weight weight,
      String topic,
      DesiredRoute route,
      String at,
      String what,
      String why,
      String how) {
    advice.add(new Advice(weight, topic, route.name(), at, what, why, how));
  }

  private String line(DesiredRoute route) {
    return subject.file() + ", spec.routes " + route.name();
  }

  private void unseen(DesiredRoute route, String why) {
    String role = route.role().map(r -> " with the role " + r).orElse(" with the own credentials");
    add(
        Weight.UNKNOWN,
        "access",
        route,
        line(route),
        "it could not be read" + role + ": " + why,
        "weights that cannot be read are never written",
        "the permission, or dns.role / alb.role of the account that owns it");
  }

  private void seen(DesiredRoute route, RouteSeen seen) {
    switch (seen) {
      case DnsRouteSeen dns -> dns(route, dns);
      case AlbRouteSeen alb -> alb(route, alb);
    }
  }

  private void dns(DesiredRoute route, DnsRouteSeen seen) {
    if (seen.ttl().value().compareTo(SHORT) > 0) {
      add(
          Weight.CONSIDER,
          "ttl",
          route,
          "zone " + seen.zoneId(),
          "answers may be held for %d s%s"
              .formatted(seen.ttl().value().toSeconds(), seen.ttl().assumed() ? " (assumed)" : ""),
          "with 300 s a tenth of the users stayed on a broken side for five minutes; a return is"
              + " as slow",
          "a TTL of 60 s, some days before the first move");
    }
    for (RecordSeen record : seen.records()) {
      String name = record.type() + record.setIdentifier().map(i -> " " + i).orElse("");
      record.policy().ifPresent(policy -> policy(route, seen, name, policy));
      boolean checked =
          record.alias().filter(a -> a.evaluateTargetHealth()).isPresent()
              || record.healthCheckId().isPresent();
      if (!checked && record.setIdentifier().isPresent()) {
        add(
            Weight.CONSIDER,
            "health-check",
            route,
            "zone " + seen.zoneId(),
            "record " + name + " is answered whatever its target's health",
            "weights alone decide: a dead side keeps its share",
            "EvaluateTargetHealth of the alias");
      }
    }
    strangers(
        route,
        seen.records().stream().flatMap(r -> r.setIdentifier().stream()).toList(),
        "zone " + seen.zoneId());
  }

  private void policy(DesiredRoute route, DnsRouteSeen seen, String name, String policy) {
    add(
        Weight.SETTLE,
        "record-policy",
        route,
        "zone " + seen.zoneId(),
        "record %s has the routing policy %s".formatted(name, policy),
        "weighted records cannot stand beside it",
        "another name for the route, or weighted records only");
  }

  /** What is on a name and is neither declared nor a cluster's of this environment. */
  private void strangers(DesiredRoute route, List<String> sides, String at) {
    String prefix = subject.desired().environment() + "-";
    sides.stream()
        .distinct()
        .filter(s -> !route.strangers().contains(s) && !s.startsWith(prefix))
        .forEach(
            stranger ->
                add(
                    Weight.SETTLE,
                    "stranger",
                    route,
                    at,
                    stranger + " is on the route and nobody declared it",
                    "share is computed of all weights: two records at weight 5 were meant as 5 %"
                        + " and gave 50 %",
                    "strangers: [%s]".formatted(stranger)));
  }

  private void alb(DesiredRoute route, AlbRouteSeen seen) {
    String rule = seen.ruleArn().orElse(seen.listenerArn());
    if (seen.stickiness().isPositive()) {
      add(
          Weight.CONSIDER,
          "stickiness",
          route,
          rule,
          "clients stay on their group for %d s".formatted(seen.stickiness().toSeconds()),
          "who was sent to the new side stays there after weight 0, and a dead group answers 503"
              + " until it ends; a return is not over before",
          "a stickiness as short as the sessions need");
    }
    long groups = seen.groups().stream().filter(g -> !ours(seen, g.groupArn())).count();
    if (groups > 3) {
      add(
          Weight.SETTLE,
          "group-limit",
          route,
          rule,
          groups + " target groups of others are in the action",
          "an action takes five groups; both sides of a move need one each",
          "fewer groups in the rule");
    }
  }

  private static boolean ours(AlbRouteSeen seen, String arn) {
    return seen.ours().containsValue(arn);
  }
}
