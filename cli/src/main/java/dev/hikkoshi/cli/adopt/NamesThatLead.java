package dev.hikkoshi.cli.adopt;

import static dev.hikkoshi.cli.adopt.Proposals.map;

import dev.hikkoshi.cli.adopt.Entrances.Ingress;
import dev.hikkoshi.cli.adopt.Entrances.Service;
import dev.hikkoshi.clusters.route53.ZoneSurvey.ZoneSeen;
import dev.hikkoshi.environments.check.outside.OwnerMarks;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DNS names whose records lead to load balancers of the cluster's Ingresses. */
final class NamesThatLead {

  /** Types that carry traffic, as for routes. */
  private static final Set<String> TRAFFIC = Set.of("A", "AAAA", "HTTPS", "CNAME");

  private final Entrances entrances;
  private final List<ZoneSeen> zones;
  private final Set<String> addresses;

  NamesThatLead(Survey survey) {
    this.entrances = survey.seenEntrances();
    this.zones = survey.allZones();
    this.addresses = entrances.addresses();
  }

  List<Proposal> proposals() {
    List<Proposal> all = new ArrayList<>();
    for (ZoneSeen zone : zones) {
      OwnerMarks marks = OwnerMarks.in(zone.records());
      Map<String, List<RecordSeen>> byName = new TreeMap<>();
      for (RecordSeen record : zone.records()) {
        if (TRAFFIC.contains(record.type())) {
          byName.computeIfAbsent(record.name(), _ -> new ArrayList<>()).add(record);
        }
      }
      byName.forEach(
          (name, records) -> {
            if (records.stream().anyMatch(record -> target(record).isPresent())) {
              all.add(proposal(zone, name, records, marks));
            }
          });
    }
    return all;
  }

  /** The address of the cluster that a record leads to. */
  private Optional<String> target(RecordSeen record) {
    Stream<String> alias = record.alias().stream().map(a -> a.dnsName());
    Stream<String> values = record.values().stream().map(NamesThatLead::plain);
    return Stream.concat(alias, values).filter(addresses::contains).findFirst();
  }

  private static String plain(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    String bare = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    return bare.startsWith("dualstack.") ? bare.substring("dualstack.".length()) : bare;
  }

  private Proposal proposal(
      ZoneSeen zone, String name, List<RecordSeen> records, OwnerMarks marks) {
    String subject =
        "%s (%s) in zone %s"
            .formatted(
                name,
                records.stream()
                    .map(RecordSeen::type)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", ")),
                zone.name());
    List<RecordSeen> ours = records.stream().filter(r -> target(r).isPresent()).toList();
    String address = target(ours.getFirst()).orElseThrow();
    Optional<String> refusal = refusal(zone, records);
    Optional<Ingress> ingress = ingress(name, address);
    if (refusal.isPresent() || ingress.isEmpty()) {
      return Proposal.none(subject, refusal.orElseGet(() -> noIngress(address)));
    }
    List<String> notes = new ArrayList<>();
    Set<String> strangers = strangers(records, notes);
    if (!ingress.get().hosts().contains(name) && !ingress.get().hosts().isEmpty()) {
      notes.add(
          "Ingress %s/%s has no rule for this host"
              .formatted(ingress.get().namespace(), ingress.get().name()));
    }
    ours.stream()
        .filter(record -> record.alias().isEmpty())
        .findFirst()
        .flatMap(RecordSeen::ttl)
        .ifPresent(ttl -> notes.add("no alias: answers are held for %d s".formatted(ttl)));
    return new Proposal(
        subject,
        Optional.of(route(zone, name, ingress.get(), strangers)),
        manages(ours, address),
        notes,
        inTheWay(records, ours, marks.of(name, resource(ingress.get()))));
  }

  private List<String> inTheWay(
      List<RecordSeen> records, List<RecordSeen> ours, List<OwnerMark> marks) {
    List<String> all = new ArrayList<>();
    marks.stream()
        .collect(Collectors.groupingBy(OwnerMark::owner, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(owners -> all.add(OwnerMarks.letGo(owners)));
    int others =
        records.stream()
            .filter(record -> target(record).isEmpty())
            .mapToInt(record -> record.weight().orElse(0))
            .sum();
    ours.stream()
        .flatMap(record -> record.weight().stream().boxed())
        .findFirst()
        .flatMap(weight -> Proposals.unequal(weight, others))
        .ifPresent(all::add);
    return all;
  }

  /** As external-dns calls the object that asks for a record. */
  private static String resource(Ingress ingress) {
    return "ingress/%s/%s".formatted(ingress.namespace(), ingress.name());
  }

  private Optional<String> refusal(ZoneSeen zone, List<RecordSeen> records) {
    Optional<String> policy =
        records.stream().flatMap(record -> record.policy().stream()).findFirst();
    if (policy.isPresent()) {
      return Optional.of(
          "its records have routing policy %s; only simple and weighted ones can be taken over"
              .formatted(policy.get()));
    }
    boolean twice =
        zones.stream()
                .filter(z -> z.name().equals(zone.name()))
                .map(ZoneSeen::id)
                .distinct()
                .count()
            > 1;
    return twice
        ? Optional.of(
            "several hosted zones are called %s (this one is %s)".formatted(zone.name(), zone.id()))
        : Optional.empty();
  }

  private Optional<Ingress> ingress(String name, String address) {
    List<Ingress> behind =
        entrances.ingresses().stream().filter(i -> i.addresses().contains(address)).toList();
    return behind.stream()
        .filter(i -> i.hosts().contains(name))
        .findFirst()
        .or(() -> behind.stream().findFirst());
  }

  private String noIngress(String address) {
    return entrances.services().stream()
        .filter(service -> service.addresses().contains(address))
        .findFirst()
        .map(Service::name)
        .map(
            service ->
                "Service %s has its own load balancer; a DNS route leads to an Ingress"
                    .formatted(service))
        .orElse("no Ingress has the load balancer " + address);
  }

  private Set<String> strangers(List<RecordSeen> records, List<String> notes) {
    Set<String> strangers = new TreeSet<>();
    for (RecordSeen record : records) {
      if (target(record).isEmpty() && record.setIdentifier().isPresent()) {
        strangers.add(record.setIdentifier().get());
      }
    }
    strangers.forEach(
        stranger ->
            notes.add(
                "set identifier %s leads elsewhere: it is written as a stranger, whose weight stays"
                    .formatted(stranger)));
    return strangers;
  }

  private static Map<String, Object> route(
      ZoneSeen zone, String name, Ingress ingress, Set<String> strangers) {
    Map<String, Object> dns = map("zone", zone.name());
    dns.put("record", name);
    zone.role().ifPresent(role -> dns.put("role", role));
    if (!strangers.isEmpty()) {
      dns.put("strangers", List.copyOf(strangers));
    }
    Map<String, Object> end = map("namespace", ingress.namespace());
    end.put("name", ingress.name());
    Map<String, Object> route = map("name", Proposals.name(name));
    route.put("dns", dns);
    route.put("backend", map("ingress", end));
    return route;
  }

  private static String manages(List<RecordSeen> ours, String address) {
    Set<String> shapes = new LinkedHashSet<>();
    for (RecordSeen record : ours) {
      String form =
          record.weight().isPresent()
              ? "weighted (%s, %d)"
                  .formatted(record.setIdentifier().orElse(""), record.weight().getAsInt())
              : "simple";
      shapes.add(form + (record.alias().isPresent() ? " alias" : ""));
    }
    boolean simple = ours.stream().allMatch(record -> record.weight().isEmpty());
    return "%d %s, %s, to %s; the first write of the first move %s"
        .formatted(
            ours.size(),
            ours.size() == 1 ? "record" : "records",
            String.join(" and ", shapes),
            address,
            simple
                ? "makes it weighted in one batch, at an unchanged share"
                : "takes it over at an unchanged share");
  }
}
