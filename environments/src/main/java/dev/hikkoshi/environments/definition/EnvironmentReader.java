package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.DeclaredCheck;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Retirement;
import dev.hikkoshi.environments.desired.Stance;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.helmfile.Helmfile;
import dev.hikkoshi.environments.helmfile.Selector;
import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Shape;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Times;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads an {@code environment.yaml} key by key. What could be read is kept aside even when the file
 * has errors, so that the files it names are read for their problems too.
 */
final class EnvironmentReader {

  /** Short enough that a cluster's name and a target group's tags hold it. */
  private static final Pattern NAME = Pattern.compile("[a-z]([a-z0-9-]{0,38}[a-z0-9])?");

  private static final Duration RETIRE_AFTER = Duration.ofDays(7);
  private static final SortedMap<String, Boolean> TRAFFIC =
      new TreeMap<>(Map.of("clusters", false, "external", true));
  private static final SortedMap<String, Boolean> STATES =
      new TreeMap<>(Map.of("active", false, "decommissioned", true));
  private static final Duration DRIFT_GRACE = Duration.ofMinutes(1);

  private static final Shape NOTHING = new Shape.Text(false, Optional.empty(), List.of(""));

  private static final Type<String> VALUE =
      ((Type<String>) EnvironmentReader::value)
          .shaped(() -> new Shape.Either(List.of(Types.text().shape(), NOTHING)));

  private final String folder;
  private final InquiryReader inquiries;
  private Optional<String> name = Optional.empty();
  private Optional<Place> namePlace = Optional.empty();
  private final ClusterSection cluster;
  private Optional<Helmfile.Request> apps = Optional.empty();
  private Optional<Former> renamedFrom = Optional.empty();
  private String account = "";
  private String region = "";

  EnvironmentReader(String folder, InquiryReader inquiries) {
    this.folder = folder;
    this.inquiries = inquiries;
    this.cluster = new ClusterSection(path());
  }

  /** The name before, which nobody else may have either. */
  private record Former(String name, Place place) {}

  /** A file or a cluster that is named in a file. */
  record Named(String name, Place place) {}

  Optional<String> name() {
    return name;
  }

  Optional<Named> cluster() {
    return cluster.config();
  }

  /** The cluster that was there before. */
  Optional<Named> adopt() {
    return cluster.adopt();
  }

  Optional<Helmfile.Request> apps() {
    return apps;
  }

  ClusterFile.Home home() {
    return new ClusterFile.Home(account, region, cluster.number());
  }

  /** Empty exactly when a problem was added. */
  Optional<Environment> read(Node root, Problems problems) {
    return Fields.of(root, problems).flatMap(this::file);
  }

  Optional<Environment> file(Fields fields) {
    fields.need(
        "apiVersion",
        ClusterReader.only("hikkoshi.dev/v1alpha1"),
        "apiVersion: hikkoshi.dev/v1alpha1");
    fields.need("kind", ClusterReader.only("Environment"), "kind: Environment");
    fields.need("metadata", Fields.object(this::metadata), "metadata: {name: ...}");
    var spec = fields.need("spec", Fields.object(this::spec), "what the environment is");
    return fields.make(spec::orElseThrow);
  }

  private Optional<String> metadata(Fields fields) {
    name =
        fields.need(
            "name",
            Types.text(NAME, "a name: at most 40 of a-z, 0-9 and -, a letter first"),
            "the identity of the environment");
    namePlace = name.map(_ -> fields.place("name"));
    renamedFrom =
        fields
            .get("renamedFrom", Types.text(NAME, "a name"))
            .map(former -> new Former(former, fields.place("renamedFrom")));
    if (renamedFrom.map(Former::name).equals(name) && name.isPresent()) {
      fields.problem("renamedFrom", "renamedFrom is the name itself", "the name it had before");
    }
    return fields.make(name::orElseThrow);
  }

  private Optional<Environment> spec(Fields fields) {
    Map<String, Mode> modes = new LinkedHashMap<>();
    modes.put("observe", Mode.OBSERVE);
    modes.put("plan", Mode.PLAN);
    modes.put("act", Mode.ACT);
    var mode = fields.need("mode", Types.oneOf(modes), "observe, plan or act");
    boolean decommissioned = decommissioned(fields);
    boolean outside = fields.get("traffic", Types.oneOf(TRAFFIC), false);
    region = fields.need("region", Aws.region(), "for example ap-northeast-1").orElse("");
    account = fields.need("account", Aws.account(), "the only account to act in").orElse("");
    fields.need("cluster", Fields.object(cluster::read), "config: cluster.yaml");
    fields.get("apps", Fields.object(this::helmfile));
    RouteReader reader =
        new RouteReader(name.orElse(""), renamedFrom.map(Former::name), account, region);
    List<DesiredRoute> routes =
        fields.get(
            "routes",
            Types.listBy(Fields.object(reader::route), "the route", DesiredRoute::name),
            List.of());
    if (outside && routes.stream().noneMatch(r -> r.external().isPresent())) {
      fields.problem(
          "traffic", "traffic: external without an external side", "external: on a route");
    }
    if (outside && cluster.adopt().isPresent()) {
      fields.problem(
          "traffic",
          "traffic: external, and a cluster that has it (adopt)",
          "one of them is wrong");
    }
    List<Outside> effects = fields.get("outside", OutsideReader.outside(), List.of());
    MoveRules move =
        fields.get(
            "move", Fields.object(f -> MoveReader.move(f, inquiries)), MoveReader.standard());
    Set<String> known =
        routes.stream().map(DesiredRoute::name).collect(Collectors.toUnmodifiableSet());
    for (DeclaredCheck check : move.declared()) {
      check.routes().stream()
          .filter(r -> !known.contains(r))
          .sorted()
          .forEach(
              r ->
                  fields.problem(
                      "move",
                      "check %s judges a route that is not there: %s".formatted(check.name(), r),
                      "routes: " + known.stream().sorted().toList()));
    }
    Duration grace = fields.get("drift", Fields.object(EnvironmentReader::drift), DRIFT_GRACE);
    var upgrades = fields.get("upgrades", Fields.object(ScheduleReader::upgrades));
    List<Window> windows =
        fields.get("windows", Types.list(Fields.object(ScheduleReader::window)), List.of());
    Retirement retirement =
        fields.get(
            "retire",
            Fields.object(this::retire),
            new Retirement(RETIRE_AFTER, Set.of(), cluster.abandonAfter()));
    return fields.make(
        () ->
            new Environment(
                mode.orElseThrow(),
                account,
                region,
                apps,
                routes,
                effects,
                move,
                grace,
                windows,
                retirement,
                upgrades,
                new Stance(renamedFrom.map(Former::name), decommissioned, outside),
                claims(reader)));
  }

  private List<Claim> claims(RouteReader reader) {
    Stream<Claim> former = renamedFrom.map(f -> Claim.ofName(f.name(), f.place())).stream();
    Stream<Claim> adopted = cluster.claim(account, region).stream();
    return Stream.of(nameClaim().stream(), former, adopted, reader.claims().stream())
        .flatMap(claims -> claims)
        .toList();
  }

  /** The claim on the name, which a bad environment has too. */
  Optional<Claim> nameClaim() {
    return name.flatMap(n -> namePlace.map(at -> Claim.ofName(n, at)));
  }

  /** Ending an environment takes two keys, so that no slip of the pen does. */
  private boolean decommissioned(Fields fields) {
    boolean ends = fields.get("state", Types.oneOf(STATES), false);
    Optional<String> confirm = fields.get("confirm", Types.text());
    if (ends && !confirm.equals(name)) {
      String key = fields.has("confirm") ? "confirm" : "state";
      fields.problem(
          key,
          "decommissioned is not confirmed",
          "confirm: %s ends the environment and deletes its clusters"
              .formatted(name.orElse("NAME")));
    }
    if (!ends && confirm.isPresent()) {
      fields.problem("confirm", "confirm without state: decommissioned", "remove one of them");
    }
    return ends;
  }

  private Optional<String> helmfile(Fields fields) {
    Optional<String> said = fields.get("helmfile", path());
    Optional<String> path = fields.has("helmfile") ? said : Optional.of("");
    String environment = fields.get("environment", Types.text(), Helmfile.DEFAULT_ENVIRONMENT);
    Optional<Selector> selector = fields.get("selector", Selector.type());
    Map<String, String> env = fields.get("env", Types.map(variable(), VALUE), Map.of());
    if (fields.clean()) {
      Map<String, Object> facts = Facts.shared(name.orElse(""), region, account);
      apps =
          path.map(
              file ->
                  new Helmfile.Request(
                      file,
                      fields.place("helmfile"),
                      environment,
                      fields.place("environment"),
                      selector.stream().toList(),
                      new Helmfile.Given(env, facts, List.of(), Map.of())));
    }
    return fields.make(path::orElseThrow);
  }

  private static Type<String> variable() {
    return Types.text(Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}"), "a variable's name");
  }

  /** Text as it is, also the empty one. */
  private static Optional<String> value(Node node, Problems problems) {
    boolean empty = node instanceof Node.Scalar s && !s.plain() && s.text().isEmpty();
    return empty ? Optional.of("") : Types.text().read(node, problems);
  }

  /** A file's path from the root of the tree; written relative to the environment's folder. */
  private Type<String> path() {
    return Types.text()
        .then(
            (text, node, problems) -> {
              Optional<String> resolved = SourceFiles.resolve(folder, text);
              if (resolved.isEmpty()) {
                problems.add(node.place(), "\"" + text + "\" leads out of the repository");
              }
              return resolved;
            });
  }

  private static Optional<Duration> drift(Fields fields) {
    Duration grace = fields.get("grace", Times.duration(), DRIFT_GRACE);
    return fields.make(() -> grace);
  }

  private Optional<Retirement> retire(Fields fields) {
    Duration after = fields.get("after", Times.duration(), RETIRE_AFTER);
    List<String> approved = fields.get("approved", Types.list(Types.text()), List.of());
    return fields.make(() -> new Retirement(after, Set.copyOf(approved), cluster.abandonAfter()));
  }
}
