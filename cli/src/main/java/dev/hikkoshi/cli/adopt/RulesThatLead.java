package dev.hikkoshi.cli.adopt;

import static dev.hikkoshi.cli.adopt.Proposals.map;

import dev.hikkoshi.cli.adopt.Entrances.Binding;
import dev.hikkoshi.clusters.elb.RuleSurvey.Balancer;
import dev.hikkoshi.clusters.elb.RuleSurvey.Group;
import dev.hikkoshi.clusters.elb.RuleSurvey.ListenerRule;
import dev.hikkoshi.clusters.elb.RuleSurvey.Probe;
import dev.hikkoshi.clusters.elb.RuleSurvey.Seen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Listener rules that forward to target groups which the cluster binds. */
final class RulesThatLead {

  /** The AWS Load Balancer Controller's tag on everything that it made. */
  private static final String CONTROLLER = "elbv2.k8s.aws/cluster";

  private static final List<String> STACKS =
      List.of("ingress.k8s.aws/stack", "service.k8s.aws/stack");

  private final Survey survey;
  private final Entrances entrances;
  private final Set<String> addresses;

  RulesThatLead(Survey survey) {
    this.survey = survey;
    this.entrances = survey.seenEntrances();
    this.addresses = entrances.addresses();
  }

  List<Proposal> proposals() {
    List<Proposal> all = new ArrayList<>();
    Set<String> told = new HashSet<>();
    for (Seen seen : survey.allBalancers().reversed()) {
      for (Balancer balancer : seen.balancers()) {
        // Inside a load balancer of the cluster's own the controller rules; a DNS name leads to it.
        if (!addresses.contains(balancer.dnsName()) && told.add(balancer.arn())) {
          seen.rules().stream()
              .filter(rule -> rule.balancerArn().equals(balancer.arn()))
              .forEach(
                  rule -> binding(rule).ifPresent(b -> all.add(proposal(seen, balancer, rule, b))));
        }
      }
    }
    return all;
  }

  private Optional<Binding> binding(ListenerRule rule) {
    Set<String> groups =
        rule.groups().stream().map(GroupWeight::groupArn).collect(Collectors.toSet());
    return entrances.bindings().stream().filter(b -> groups.contains(b.groupArn())).findFirst();
  }

  private Proposal proposal(Seen seen, Balancer balancer, ListenerRule rule, Binding binding) {
    String subject =
        rule.byDefault()
            ? "the default rule of %s, port %d".formatted(balancer.name(), rule.port())
            : "rule %s of %s, port %d".formatted(conditions(rule), balancer.name(), rule.port());
    Optional<Integer> port = entrances.port(binding.namespace(), binding.service(), binding.port());
    Optional<String> refusal = refusal(balancer, rule, binding, port);
    if (refusal.isPresent()) {
      return Proposal.none(subject, refusal.get());
    }
    List<String> notes = new ArrayList<>();
    List<String> strangers =
        rule.groups().stream()
            .map(GroupWeight::groupArn)
            .filter(arn -> !arn.equals(binding.groupArn()))
            .sorted()
            .toList();
    strangers.forEach(
        arn ->
            notes.add(
                "%s is in the rule too: it is written as a stranger, whose weight stays"
                    .formatted(arn)));
    Map<String, Object> route = route(seen, balancer, rule, binding, port.orElseThrow(), strangers);
    return new Proposal(
        subject,
        Optional.of(route),
        "target group %s, bound by %s/%s, stays the cluster's end; the first write of the first move takes the rule over at an unchanged share"
            .formatted(groupName(seen, binding), binding.namespace(), binding.name()),
        notes,
        weights(rule, binding).stream().toList());
  }

  private static Optional<String> weights(ListenerRule rule, Binding binding) {
    int ours = 0;
    int others = 0;
    for (GroupWeight group : rule.groups()) {
      if (group.groupArn().equals(binding.groupArn())) {
        ours = group.weight();
      } else {
        others += group.weight();
      }
    }
    return Proposals.unequal(ours, others);
  }

  private static String conditions(ListenerRule rule) {
    if (!rule.plain()) {
      return rule.arn();
    }
    return Stream.concat(rule.hosts().stream(), rule.paths().stream())
        .collect(Collectors.joining(", "));
  }

  private static String groupName(Seen seen, Binding binding) {
    Group group = seen.groups().get(binding.groupArn());
    return group == null ? binding.groupArn() : group.name();
  }

  private Optional<String> refusal(
      Balancer balancer, ListenerRule rule, Binding binding, Optional<Integer> port) {
    Optional<String> owner =
        Stream.of(rule.tags(), balancer.tags())
            .filter(tags -> tags.containsKey(CONTROLLER))
            .findFirst()
            .map(RulesThatLead::stack)
            .or(binding::madeFor);
    if (owner.isPresent()) {
      return Optional.of(
          ("an Ingress controller writes this rule (%s), so weights of others would be undone. "
                  + "The way: a rule and a target group of your own (by hand or Terraform) with a "
                  + "TargetGroupBinding, or a load balancer per cluster and a DNS route")
              .formatted(owner.get()));
    }
    if (rule.byDefault()) {
      return Optional.of("default rules are left alone; give it a rule with its hosts");
    }
    if (!rule.plain() || (rule.hosts().isEmpty() && rule.paths().isEmpty())) {
      return Optional.of("it has conditions other than hosts and paths");
    }
    return port.isPresent()
        ? Optional.empty()
        : Optional.of(
            "port %s of Service %s/%s is not there"
                .formatted(binding.port(), binding.namespace(), binding.service()));
  }

  private static String stack(Map<String, String> tags) {
    String cluster = "cluster " + tags.getOrDefault(CONTROLLER, "");
    return STACKS.stream()
        .filter(tags::containsKey)
        .findFirst()
        .map(key -> cluster + ", " + tags.getOrDefault(key, ""))
        .orElse(cluster);
  }

  private static Map<String, Object> route(
      Seen seen,
      Balancer balancer,
      ListenerRule rule,
      Binding binding,
      int port,
      List<String> strangers) {
    Map<String, Object> conditions = new LinkedHashMap<>();
    if (!rule.hosts().isEmpty()) {
      conditions.put("hosts", rule.hosts());
    }
    if (!rule.paths().isEmpty()) {
      conditions.put("paths", rule.paths());
    }
    Map<String, Object> alb = map("loadBalancer", balancer.name());
    alb.put("port", rule.port());
    alb.put("rule", conditions);
    seen.role().ifPresent(role -> alb.put("role", role));
    if (!strangers.isEmpty()) {
      alb.put("strangers", strangers);
    }
    Map<String, Object> service = map("namespace", binding.namespace());
    service.put("name", binding.service());
    service.put("port", port);
    String named = rule.hosts().isEmpty() ? binding.service() : rule.hosts().getFirst();
    Map<String, Object> route = map("name", Proposals.name(named));
    route.put("alb", alb);
    route.put("backend", map("service", service));
    Optional.ofNullable(seen.groups().get(binding.groupArn()))
        .flatMap(Group::probe)
        .ifPresent(probe -> route.put("healthCheck", probe(probe)));
    return route;
  }

  /** Groups of new clusters are probed as this one is. */
  private static Map<String, Object> probe(Probe probe) {
    Map<String, Object> said = map("path", probe.path());
    said.put("intervalSeconds", probe.interval());
    said.put("healthyThreshold", probe.healthy());
    said.put("unhealthyThreshold", probe.unhealthy());
    said.put("codes", probe.codes());
    return said;
  }
}
