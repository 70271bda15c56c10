package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.External;
import dev.hikkoshi.environments.port.BalancerGateway.Probe;
import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import dev.hikkoshi.environments.port.InsideGateway.Backend;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Shape;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** {@code spec.routes}: DNS names and listener rules whose traffic is shared among clusters. */
final class RouteReader {

  private static final Pattern ROUTE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern OBJECT = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
  private static final Pattern DNS_NAME =
      Pattern.compile("(?i)(\\*\\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{1,63}\\.?");
  private static final Pattern BALANCER =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?");
  private static final Pattern HOST =
      Pattern.compile("(?i)[a-z0-9*?]([a-z0-9.*?-]{0,126}[a-z0-9*?])?");
  private static final Pattern PATH = Pattern.compile("/[\\w$/~\"'@:+*?&;.%=!,-]{0,127}");
  private static final Pattern CODES = Pattern.compile("[2-4][0-9]{2}([,-][2-4][0-9]{2})*");

  private static final Pattern GROUP_ARN =
      Pattern.compile(
          "arn:aws[a-z-]{0,20}:elasticloadbalancing:[a-z0-9-]{1,30}:[0-9]{12}:targetgroup/"
              + "[A-Za-z0-9-]{1,32}/[0-9a-f]{16}");

  /** What a group is probed with when nothing is said: ELBv2's defaults, but for the interval. */
  private static final Probe PROBE = new Probe("/", 15, 5, 2, "200");

  private static final Type<External> GROUP = Fields.object(RouteReader::group);
  private static final Type<External> PLACE = Fields.object(RouteReader::place);

  /** Which of the two depends on what the route is. */
  private static final Supplier<Shape> EXTERNAL =
      () -> new Shape.Either(List.of(GROUP.shape(), PLACE.shape()));

  private final String environment;
  private final Optional<String> formerly;
  private final String account;
  private final String region;
  private final List<Claim> claims = new ArrayList<>();

  /** For the routes of one environment. */
  RouteReader(String environment, Optional<String> formerly, String account, String region) {
    this.environment = environment;
    this.formerly = formerly;
    this.account = account;
    this.region = region;
  }

  /** What the routes read so far claim for themselves. */
  List<Claim> claims() {
    return List.copyOf(claims);
  }

  private record Dns(Zone zone, String record, Set<String> strangers, Place place) {}

  private record Alb(
      String balancer,
      int port,
      Conditions conditions,
      Optional<String> role,
      Set<String> strangers,
      Place place) {}

  private record Conditions(List<String> hosts, List<String> paths) {}

  private record Ends(
      Optional<Backend.Ingress> ingress, Optional<Backend.Service> service, Place place) {}

  Optional<DesiredRoute> route(Fields fields) {
    var name =
        fields.need("name", Types.text(ROUTE, "a route's name"), "unique in the environment");
    var dns = fields.get("dns", Fields.object(RouteReader::dns));
    var alb = fields.get("alb", Fields.object(RouteReader::alb));
    boolean isDns = fields.has("dns");
    boolean isAlb = fields.has("alb");
    if (isDns == isAlb) {
      String wrong = isDns ? "dns beside alb" : "neither dns nor alb";
      fields.problem(isDns ? "alb" : "name", wrong, "a route has one of them");
    }
    var ends =
        fields.need(
            "backend", Fields.object(RouteReader::backend), "where traffic enters a cluster");
    ends.filter(_ -> isDns != isAlb).ifPresent(e -> fits(e, isDns, fields));
    Probe probe = fields.get("healthCheck", Fields.object(RouteReader::probe), PROBE);
    if (isDns && fields.has("healthCheck")) {
      fields.problem(
          "healthCheck", "healthCheck of a DNS route", "its Ingress says how it is probed");
    }
    Optional<External> external =
        fields.get("external", isAlb ? GROUP.shaped(EXTERNAL) : PLACE.shaped(EXTERNAL));
    return fields.make(
        () ->
            isDns
                ? ofDns(name.orElseThrow(), dns.orElseThrow(), ends.orElseThrow(), external)
                : ofAlb(
                    name.orElseThrow(), alb.orElseThrow(), ends.orElseThrow(), probe, external));
  }

  private DesiredRoute ofDns(String name, Dns dns, Ends ends, Optional<External> external) {
    claims.add(new Claim("record " + dns.record() + " in zone " + dns.zone().name(), dns.place()));
    return new DesiredRoute.Dns(
        name, dns.zone(), dns.record(), dns.strangers(), ends.ingress().orElseThrow(), external);
  }

  private DesiredRoute ofAlb(
      String name, Alb alb, Ends ends, Probe probe, Optional<External> external) {
    Rule rule =
        new Rule(
            environment,
            name,
            alb.balancer(),
            alb.port(),
            alb.conditions().hosts(),
            alb.conditions().paths(),
            alb.role(),
            formerly);
    // A load balancer's name is unique in one account and region.
    String owner = alb.role().map(arn -> arn.split(":", -1)[4]).orElse(account);
    String rules = "hosts %s, paths %s".formatted(rule.hosts(), rule.paths());
    String what =
        "rule of load balancer %s (account %s, %s), port %d, %s"
            .formatted(alb.balancer(), owner, region, alb.port(), rules);
    claims.add(new Claim(what, alb.place()));
    return new DesiredRoute.Alb(
        name, rule, alb.strangers(), ends.service().orElseThrow(), probe, external);
  }

  private static void fits(Ends ends, boolean isDns, Fields fields) {
    if (isDns && ends.ingress().isEmpty()) {
      fields.problem("backend", "a DNS route leads to an Ingress", "ingress: {namespace, name}");
    }
    if (!isDns && ends.service().isEmpty()) {
      fields.problem(
          "backend", "an ALB route leads to a Service", "service: {namespace, name, port}");
    }
  }

  /** {@code external} of a listener rule. */
  private static Optional<External> group(Fields fields) {
    var arn =
        fields.need(
            "targetGroup", Types.text(GROUP_ARN, "a target group's ARN"), "in the rule today");
    return fields.make(() -> new External.TargetGroup(arn.orElseThrow()));
  }

  /** {@code external} of a DNS name. */
  private static Optional<External> place(Fields fields) {
    var balancer = fields.get("loadBalancer", dnsName());
    var dns = fields.get("dns", dnsName());
    if (fields.has("loadBalancer") == fields.has("dns")) {
      fields.problem(
          "loadBalancer",
          "an external side has one end",
          "loadBalancer or dns, where records lead");
    }
    return fields.make(() -> new External.Name(balancer.or(() -> dns).orElseThrow()));
  }

  private static Type<String> dnsName() {
    return Types.text(DNS_NAME, "a DNS name")
        .then(
            (name, _, _) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              boolean dot = lower.endsWith(".");
              return Optional.of(dot ? lower.substring(0, lower.length() - 1) : lower);
            });
  }

  private static Optional<Dns> dns(Fields fields) {
    var zone = fields.need("zone", dnsName(), "the hosted zone, for example example.com");
    var record = fields.need("record", dnsName(), "for example www.example.com");
    var role = fields.get("role", Aws.roleArn());
    Set<String> strangers = strangers(fields);
    boolean outside =
        zone.isPresent()
            && record.isPresent()
            && !record.get().equals(zone.get())
            && !record.get().endsWith("." + zone.get());
    if (outside) {
      fields.problem("record", record.get() + " is not in the zone " + zone.get(), "one is wrong");
    }
    return fields.make(
        () ->
            new Dns(
                new Zone(zone.orElseThrow(), role),
                record.orElseThrow(),
                strangers,
                fields.place("record")));
  }

  private static Set<String> strangers(Fields fields) {
    return new HashSet<>(fields.get("strangers", Types.list(Types.text()), List.of()));
  }

  private static Optional<Alb> alb(Fields fields) {
    var balancer =
        fields.need(
            "loadBalancer",
            Types.text(BALANCER, "a load balancer's name"),
            "the shared one's name");
    var port = fields.need("port", Types.integer(1, 65_535), "the listener's port");
    var rule = fields.need("rule", Fields.object(RouteReader::conditions), "rule: {hosts: [...]}");
    var role = fields.get("role", Aws.roleArn());
    Set<String> strangers = strangers(fields);
    return fields.make(
        () ->
            new Alb(
                balancer.orElseThrow(),
                port.orElseThrow(),
                rule.orElseThrow(),
                role,
                strangers,
                fields.place("rule")));
  }

  private static Optional<Conditions> conditions(Fields fields) {
    List<String> hosts =
        fields.get("hosts", Types.list(Types.text(HOST, "a host or a pattern of one")), List.of());
    List<String> paths =
        fields.get("paths", Types.list(Types.text(PATH, "a path or a pattern of one")), List.of());
    if (hosts.isEmpty() && paths.isEmpty()) {
      fields.problem("hosts", "a rule without a condition", "name hosts or paths");
    }
    return fields.make(
        () ->
            new Conditions(
                hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).distinct().sorted().toList(),
                paths.stream().distinct().sorted().toList()));
  }

  private static Optional<Ends> backend(Fields fields) {
    var ingress = fields.get("ingress", Fields.object(RouteReader::ingress));
    var service = fields.get("service", Fields.object(RouteReader::service));
    if (fields.has("ingress") == fields.has("service")) {
      fields.problem("ingress", "a backend has one end", "ingress or service");
    }
    return fields.make(() -> new Ends(ingress, service, fields.place()));
  }

  private static Optional<Backend.Ingress> ingress(Fields fields) {
    var namespace = fields.need("namespace", Types.text(LABEL, "a namespace"), "of the Ingress");
    var name = fields.need("name", Types.text(OBJECT, "an object's name"), "of the Ingress");
    return fields.make(() -> new Backend.Ingress(namespace.orElseThrow(), name.orElseThrow()));
  }

  private static Optional<Backend.Service> service(Fields fields) {
    var namespace = fields.need("namespace", Types.text(LABEL, "a namespace"), "of the Service");
    var name = fields.need("name", Types.text(LABEL, "a Service's name"), "of the Service");
    var port = fields.need("port", Types.integer(1, 65_535), "of the Service");
    return fields.make(
        () -> new Backend.Service(namespace.orElseThrow(), name.orElseThrow(), port.orElseThrow()));
  }

  private static Optional<Probe> probe(Fields fields) {
    String path = fields.get("path", Types.text(PATH, "a path"), PROBE.path());
    int interval = fields.get("intervalSeconds", Types.integer(5, 300), PROBE.intervalSeconds());
    int healthy = fields.get("healthyThreshold", Types.integer(2, 10), PROBE.healthyThreshold());
    int unhealthy =
        fields.get("unhealthyThreshold", Types.integer(2, 10), PROBE.unhealthyThreshold());
    String codes =
        fields.get("codes", Types.text(CODES, "HTTP codes, for example 200-299"), PROBE.codes());
    return fields.make(() -> new Probe(path, interval, healthy, unhealthy, codes));
  }
}
