package dev.hikkoshi.cli.adopt;

import dev.hikkoshi.cli.adopt.Entrances.Binding;
import dev.hikkoshi.cli.adopt.Entrances.Ingress;
import dev.hikkoshi.cli.adopt.Entrances.Service;
import dev.hikkoshi.clusters.eks.ClusterDescription.Described;
import dev.hikkoshi.clusters.elb.RuleSurvey;
import dev.hikkoshi.clusters.route53.ZoneSurvey.ZoneSeen;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.ClusterSeen.Identity;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen.AliasSeen;
import dev.hikkoshi.environments.observed.RouteSeen.GroupWeight;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Surveys as the tests need them. */
final class Surveys {

  static final String BALANCER = "k8s-web-web-1.elb.example";
  static final String GROUP =
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/old-api/0123456789abcdef";
  static final String OTHER = GROUP.replace("old-api", "others");

  private final List<RecordSeen> records = new ArrayList<>();
  private final List<RuleSurvey.ListenerRule> rules = new ArrayList<>();
  private Optional<String> madeFor = Optional.empty();
  private Map<String, String> balancerTags = Map.of();

  Surveys record(RecordSeen record) {
    records.add(record);
    return this;
  }

  static RecordSeen alias(String name, String type, Optional<String> id, int weight) {
    return new RecordSeen(
        name,
        type,
        id,
        id.isPresent() ? OptionalInt.of(weight) : OptionalInt.empty(),
        Optional.empty(),
        Optional.of(new AliasSeen("Z1", BALANCER, true)),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  static RecordSeen values(String name, String type, Optional<String> id, String value) {
    return new RecordSeen(
        name,
        type,
        id,
        id.isPresent() ? OptionalInt.of(10) : OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(300L),
        List.of(value),
        Optional.empty());
  }

  Surveys rule(boolean byDefault, boolean plain, List<String> hosts, GroupWeight... groups) {
    rules.add(
        new RuleSurvey.ListenerRule(
            "arn:rule",
            "arn:lb",
            443,
            byDefault,
            hosts,
            List.of(),
            plain,
            List.of(groups),
            Map.of()));
    return this;
  }

  /** The binding is the controller's own work. */
  Surveys madeFor(String stack) {
    madeFor = Optional.of(stack);
    return this;
  }

  Surveys balancerTags(Map<String, String> tags) {
    balancerTags = tags;
    return this;
  }

  Survey seen() {
    return new Survey(
        new Described(cluster(), Map.of(), List.of()),
        "111122223333",
        Observation.known(entrances()),
        List.of(
            Observation.known(
                List.of(new ZoneSeen(Optional.empty(), "Z0", "example.com", records)))),
        List.of(
            Observation.known(
                new RuleSurvey.Seen(
                    Optional.of("arn:aws:iam::111122223333:role/traffic"),
                    List.of(
                        new RuleSurvey.Balancer(
                            "arn:lb", "shared", "shared.elb.example", balancerTags)),
                    rules,
                    Map.of(
                        GROUP,
                        new RuleSurvey.Group(
                            GROUP,
                            "old-api",
                            Map.of(),
                            Optional.of(
                                new RuleSurvey.Probe("/healthz", 10, 2, 3, "200-299"))))))));
  }

  private Entrances entrances() {
    return new Entrances(
        List.of(new Ingress("web", "shop", List.of("www.example.com"), List.of(BALANCER))),
        List.of(
            new Service("api", "api", Map.of("http", 8080), List.of()),
            new Service("mail", "smtp", Map.of("smtp", 25), List.of("nlb.elb.example"))),
        List.of(new Binding("api", "legacy", GROUP, "api", "http", madeFor)));
  }

  static ClusterSeen cluster() {
    return new ClusterSeen(
        "legacy",
        new Identity("arn:aws:eks:eu-west-1:111122223333:cluster/legacy", Instant.EPOCH),
        "1.36",
        ClusterSeen.Status.ACTIVE,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        new TreeMap<>(),
        List.of(),
        Observation.known(List.of()),
        Observation.known(List.of()),
        Observation.known(List.of()),
        Observation.known(List.of()));
  }
}
