package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.desired.Adopt;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.observed.Asked;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.Meter;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.observed.Observed.BalancerSeen;
import dev.hikkoshi.environments.observed.Readings;
import dev.hikkoshi.environments.observed.RoomSeen;
import dev.hikkoshi.environments.observed.RouteSeen;
import dev.hikkoshi.environments.plan.Questions;
import dev.hikkoshi.environments.plan.RunOnceSide;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks the outside what a pass needs, and nothing else. It never writes. */
public final class Observer {

  private final Gateways gateways;
  private final Executor executor;
  private final RouteLooks looks;

  /**
   * Creates an observer.
   *
   * @param executor runs looks at several clusters and routes side by side; {@code Runnable::run}
   *     for one after the other
   */
  public Observer(Gateways gateways, Executor executor) {
    this.gateways = gateways;
    this.executor = executor;
    this.looks = new RouteLooks(gateways);
  }

  /** One look at everything. What could not be seen is unknown; this does not throw for it. */
  public Observed look(Desired desired, EnvironmentRecord record, Instant now) {
    return new Observer(gateways.forOneLook(), executor).all(desired, record, now);
  }

  private Observed all(Desired desired, EnvironmentRecord record, Instant now) {
    Questions ask = Questions.of(desired, record, now);
    var freeze = async("freeze", gateways.freezes()::freeze);
    var account = async("account", gateways.identity()::account);
    var versions = async("versions", gateways.eks()::versions);
    var clusters = async("clusters", () -> clusters(desired, record));
    var routes = each(names(desired), name -> looks.route(desired, name));
    var changes = each(ask.changes(), (id, route) -> looks.change(desired, route, id));
    Observation<List<ClusterSeen>> seen = clusters.join();
    var inside = each(active(seen, ask), name -> inside(desired, record, seen, name));
    Map<String, Observation<InsideSeen>> insides = join(inside);
    Map<String, Observation<BalancerSeen>> balancers = balancers(desired, record, insides);
    var measured =
        each(ask.measured(), (name, window) -> looks.measure(desired, record, name, window));
    var drained =
        each(
            ask.drained(),
            (name, window) -> looks.drained(desired, record, ask, name, window, balancers));
    var references = each(ask.references(), (_, ends) -> looks.references(ask, ends));
    var rooms = each(ask.rooms(), (name, groups) -> room(seen, name, groups));
    var routesSeen = join(routes);
    var readings = readings(desired, record, ask, routesSeen, balancers);
    var replies = each(ask.calls(), (_, call) -> gateways.webhooks().ask(call));
    var jobs = ask.jobs().map(name -> async("jobs of checks", () -> jobs(desired, seen, name)));
    var marks = each(ask.marks(), name -> looks.marks(desired, name));
    return new Observed(
        now,
        freeze.join(),
        account.join(),
        seen,
        insides,
        routesSeen,
        balancers,
        join(measured),
        join(drained),
        join(changes),
        join(references),
        join(rooms),
        join(marks),
        readings,
        versions.join(),
        new Asked(join(replies), jobs.map(CompletableFuture::join)));
  }

  /** Those that carry our tag, and the one that is to carry it. */
  private Observation<List<ClusterSeen>> clusters(Desired desired, EnvironmentRecord record) {
    Observation<List<ClusterSeen>> tagged = gateways.eks().clusters(desired.tags());
    Optional<String> adopt =
        desired
            .adopt()
            .map(Adopt::cluster)
            .filter(name -> record.cluster(name).map(c -> c.life().exists()).orElse(true));
    if (adopt.isEmpty() || tagged.knownAnd(all -> has(all, adopt.get()))) {
      return tagged;
    }
    return tagged.flatMap(
        all ->
            gateways
                .eks()
                .cluster(adopt.get())
                .map(
                    found ->
                        Stream.concat(all.stream(), found.stream())
                            .sorted(Comparator.comparing(ClusterSeen::name))
                            .toList()));
  }

  private static boolean has(List<ClusterSeen> all, String name) {
    return all.stream().anyMatch(c -> c.name().equals(name));
  }

  private static Set<String> names(Desired desired) {
    Set<String> names = new HashSet<>();
    desired.routes().forEach(route -> names.add(route.name()));
    return names;
  }

  private static Set<String> active(Observation<List<ClusterSeen>> seen, Questions ask) {
    Set<String> names = new HashSet<>();
    for (ClusterSeen cluster : seen.known().orElse(List.of())) {
      boolean open =
          switch (cluster.status()) {
            case ACTIVE, UPDATING -> true;
            case CREATING, PENDING, DELETING, FAILED -> false;
          };
      if (open && ask.inside().contains(cluster.name())) {
        names.add(cluster.name());
      }
    }
    return names;
  }

  private Observation<InsideSeen> inside(
      Desired desired, EnvironmentRecord record, Observation<List<ClusterSeen>> seen, String name) {
    return named(seen, name).flatMap(c -> gateways.inside().see(c, wanted(desired, record, c)));
  }

  private Observation<RoomSeen> room(
      Observation<List<ClusterSeen>> seen, String name, Set<String> groups) {
    return named(seen, name).flatMap(cluster -> gateways.inside().room(cluster, groups));
  }

  private Observation<List<JobSeen>> jobs(
      Desired desired, Observation<List<ClusterSeen>> seen, String name) {
    return named(seen, name)
        .flatMap(cluster -> gateways.jobs().jobs(cluster, desired.environment()));
  }

  private static Observation<ClusterSeen> named(Observation<List<ClusterSeen>> seen, String name) {
    return seen.flatMap(
        clusters ->
            clusters.stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .map(Observation::known)
                .orElseGet(() -> Observation.unknown("cluster " + name, "no such cluster")));
  }

  private static Wanted wanted(Desired desired, EnvironmentRecord record, ClusterSeen cluster) {
    return desired.wanted(
        cluster.name(), cluster.version(), RunOnceSide.mayRun(desired, record, cluster.name()));
  }

  /** Load balancers by name; one that does not exist is not in the map. */
  private Map<String, Observation<BalancerSeen>> balancers(
      Desired desired, EnvironmentRecord record, Map<String, Observation<InsideSeen>> insides) {
    Set<String> names = new HashSet<>();
    for (DesiredRoute route : desired.routes()) {
      if (route instanceof DesiredRoute.Alb) {
        continue;
      }
      for (ClusterRecord cluster : record.clusters().values()) {
        if (cluster.life().alive() && cluster.ends().containsKey(route.name())) {
          names.add(cluster.ends().get(route.name()));
        }
      }
      for (Observation<InsideSeen> inside : insides.values()) {
        inside
            .known()
            .map(i -> i.backends().get(route.name()))
            .flatMap(backend -> backend.known())
            .flatMap(InsideSeen.BackendSeen::loadBalancer)
            .ifPresent(names::add);
      }
    }
    Map<String, Observation<BalancerSeen>> there = new HashMap<>();
    join(each(names, name -> gateways.balancers().balancer(name)))
        .forEach(
            (name, seen) -> {
              switch (seen) {
                case Known<Optional<BalancerSeen>>(Optional<BalancerSeen> balancer) ->
                    balancer.ifPresent(b -> there.put(name, Observation.known(b)));
                case Unknown<Optional<BalancerSeen>> unknown -> there.put(name, unknown.retyped());
              }
            });
    return there;
  }

  private Map<Meter, Observation<Readings>> readings(
      Desired desired,
      EnvironmentRecord record,
      Questions ask,
      Map<String, Observation<RouteSeen>> routes,
      Map<String, Observation<BalancerSeen>> balancers) {
    MeterLooks meters = new MeterLooks(gateways.metrics(), desired, record, routes, balancers);
    Map<Meter, CompletableFuture<Observation<Readings>>> futures = new HashMap<>();
    ask.meters()
        .forEach(
            (meter, span) ->
                futures.put(meter, async(meter.check(), () -> meters.read(meter, span))));
    Map<Meter, Observation<Readings>> seen = new HashMap<>();
    futures.forEach((meter, future) -> seen.put(meter, future.join()));
    return seen;
  }

  private <T> CompletableFuture<Observation<T>> async(String what, Supplier<Observation<T>> look) {
    return CompletableFuture.supplyAsync(look, executor)
        .exceptionally(e -> Observation.unknown(what, e.toString()));
  }

  private <T> SortedMap<String, CompletableFuture<Observation<T>>> each(
      Set<String> names, Function<String, Observation<T>> look) {
    SortedMap<String, CompletableFuture<Observation<T>>> futures = new TreeMap<>();
    names.forEach(name -> futures.put(name, async(name, () -> look.apply(name))));
    return futures;
  }

  private <Q, T> SortedMap<String, CompletableFuture<Observation<T>>> each(
      Map<String, Q> questions, BiFunction<String, Q, Observation<T>> look) {
    SortedMap<String, CompletableFuture<Observation<T>>> futures = new TreeMap<>();
    questions.forEach(
        (name, question) -> futures.put(name, async(name, () -> look.apply(name, question))));
    return futures;
  }

  private static <T> Map<String, Observation<T>> join(
      SortedMap<String, CompletableFuture<Observation<T>>> futures) {
    Map<String, Observation<T>> seen = new HashMap<>();
    futures.forEach((name, future) -> seen.put(name, future.join()));
    return seen;
  }
}
