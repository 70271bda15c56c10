package dev.hikkoshi.clusters.route53;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.RouteSeen.RecordSeen;
import dev.hikkoshi.environments.observed.RouteSeen.Ttl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xbill.DNS.Type;

/** The servers that answer for a zone, and what they are asked. */
final class NameServers {

  private static final int PORT = 53;

  /** What Route 53 answers for an alias to a load balancer; nobody can set it. */
  private static final Duration ALIAS_TTL = Duration.ofSeconds(60);

  private static final Set<String> TRAFFIC = Set.of("A", "AAAA", "HTTPS", "CNAME");

  private final DnsServers configured;

  NameServers(DnsServers configured) {
    this.configured = configured;
  }

  private List<InetSocketAddress> of(Account.Hosted zone) {
    if (!configured.addresses().isEmpty()) {
      return configured.addresses().stream()
          .map(a -> new InetSocketAddress(a.getHostString(), a.getPort()))
          .filter(address -> !address.isUnresolved())
          .toList();
    }
    return zone.servers().stream()
        .flatMap(NameServers::addresses)
        .map(address -> new InetSocketAddress(address, PORT))
        .toList();
  }

  private static Stream<InetAddress> addresses(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      return Stream.empty();
    }
  }

  /**
   * How long answers about the name may be held: the longest of all types that carry traffic. Where
   * there is no record, how long a resolver may remember that.
   */
  Ttl ttl(Account.Hosted zone, String name, List<RecordSeen> records) {
    Asking asking = new Asking(of(zone));
    List<Answer> answers =
        Stream.concat(
                Stream.of("A"),
                records.stream()
                    .map(RecordSeen::type)
                    .filter(type -> TRAFFIC.contains(type) && !type.equals("CNAME")))
            .distinct()
            .flatMap(type -> asking.ask(name, Type.value(type), 1).answers().stream())
            .toList();
    if (answers.isEmpty()) {
      return new Ttl(assumed(records), true);
    }
    long longest =
        answers.stream()
            .filter(answer -> records.isEmpty() || !answer.targets().isEmpty())
            .mapToLong(Answer::ttl)
            .max()
            .orElseGet(() -> assumed(records).toSeconds());
    return new Ttl(Duration.ofSeconds(longest), false);
  }

  private static Duration assumed(List<RecordSeen> records) {
    return records.stream()
        .filter(record -> TRAFFIC.contains(record.type()))
        .map(record -> record.ttl().map(Duration::ofSeconds).orElse(ALIAS_TTL))
        .max(Duration::compareTo)
        .orElse(ALIAS_TTL);
  }

  /** Answers to independent questions, counted by side. */
  Observation<Map<String, Long>> sample(
      Account.Hosted zone, String name, Map<String, String> clusterByBalancer, int queries) {
    String what = "answers for " + name;
    List<InetSocketAddress> servers = of(zone);
    if (servers.isEmpty()) {
      return Observation.unknown(
          what, "the zone's name servers cannot be asked; name some in hikkoshi.dns.servers");
    }
    Asking asking = new Asking(servers);
    Sampler sampler = new Sampler();
    for (Map.Entry<String, String> side : clusterByBalancer.entrySet()) {
      String balancer = RecordNames.balancer(side.getKey());
      Set<String> targets = new HashSet<>(addressesOf(asking, balancer));
      targets.add(balancer);
      for (String target : targets) {
        var clash = sampler.know(target, side.getValue());
        if (clash.isPresent()) {
          return Observation.unknown(what, clash.get());
        }
      }
    }
    Asking.Answers got = asking.ask(name, Type.A, queries);
    return got.answers().isEmpty()
        ? Observation.unknown(what, got.why())
        : Observation.known(sampler.count(got.answers()));
  }

  /**
   * Addresses of a load balancer now. Configured servers that are an authority for its name have
   * the last word, also when they say that it is gone; the machine's resolver is asked where they
   * are none, as the zone's own never are.
   */
  private Set<String> addressesOf(Asking asking, String balancer) {
    if (!configured.addresses().isEmpty()) {
      List<Answer> answers = asking.ask(balancer, Type.A, 1).answers();
      if (!answers.isEmpty()) {
        return answers.getFirst().targets();
      }
    }
    return addresses(balancer).map(InetAddress::getHostAddress).collect(Collectors.toSet());
  }
}
