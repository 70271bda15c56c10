package dev.hikkoshi.demo.story;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.load.Ledger;
import dev.hikkoshi.demo.load.Resolvers;
import dev.hikkoshi.demo.load.ShareJudgement;
import dev.hikkoshi.demo.load.Target;
import dev.hikkoshi.demo.load.Users;
import dev.hikkoshi.demo.stage.Belongings;
import dev.hikkoshi.demo.stage.LocalRegion;
import dev.hikkoshi.demo.watch.StepSeen;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The users of both routes of the sample, and what their books say about a share. */
public final class Traffic implements AutoCloseable {

  /** The route with a load balancer per cluster, by DNS. */
  public static final String WEB = "web";

  /** The route with one shared load balancer. */
  public static final String API = "api";

  /** Both. */
  public static final Set<String> ROUTES = Set.of(WEB, API);

  private static final String WEB_HOST = "www.example.com";
  private static final String API_HOST = "api.example.com";

  /** Requests a second to a route, where nobody asks for another number. */
  public static final int USUAL_PER_SECOND = 340;

  private static final int RESOLVERS = 1_200;

  /** Requests on their way while weights are written belong to neither share. */
  private static final Duration EDGE = Duration.ofMillis(300);

  private final InstantSource clock;
  private final Belongings belongings;
  private final Resolvers resolvers;
  private final SortedMap<String, Users> users = new TreeMap<>();
  private final Map<String, String> clusterByAddress = new ConcurrentHashMap<>();

  private Traffic(Belongings belongings, Resolvers resolvers, InstantSource clock) {
    this.belongings = belongings;
    this.resolvers = resolvers;
    this.clock = clock;
  }

  /** Who comes: so many requests a second to each of the routes. */
  public record Crowd(Set<String> routes, int perSecond) {

    /** Users of both routes, as many as usual. */
    public static Crowd usual() {
      return new Crowd(ROUTES, USUAL_PER_SECOND);
    }
  }

  /** Lets users come. */
  public static Traffic start(
      LocalRegion region, Belongings belongings, InstantSource clock, Crowd crowd) {
    try {
      Resolvers resolvers = Resolvers.start(WEB_HOST, RESOLVERS, region.nameServer(), clock);
      Traffic traffic = new Traffic(belongings, resolvers, clock);
      Map<String, Target> targets =
          Map.of(
              WEB, new Target.ByName(WEB_HOST, resolvers),
              API, new Target.Direct(API_HOST, belongings.shared()));
      for (String route : crowd.routes()) {
        Target target = Objects.requireNonNull(targets.get(route), route);
        var plan = new Users.Plan(target, "/", crowd.perSecond(), region::door);
        traffic.users.put(route, Users.start(plan, clock));
      }
      return traffic;
    } catch (IOException e) {
      throw new DemoException("could not start the users: " + e.getMessage(), e);
    }
  }

  /** How many come, for people. */
  static String words(Crowd crowd) {
    return "%d requests/s each, half of them on new connections; web through %,d resolvers"
        .formatted(crowd.perSecond(), RESOLVERS);
  }

  /** The routes' books. */
  public SortedMap<String, Ledger.Books> books() {
    SortedMap<String, Ledger.Books> books = new TreeMap<>();
    users.forEach((route, all) -> books.put(route, all.ledger().books()));
    return books;
  }

  /** For how long answers for {@code web} may be used. */
  public Duration ttl() {
    return resolvers.ttl();
  }

  /** Learns which load balancer is whose, while each of them still has its name. */
  public void learn(EnvironmentRecord record) {
    record
        .clusters()
        .forEach(
            (cluster, known) -> {
              String balancer = known.ends().get(WEB);
              if (balancer != null && !clusterByAddress.containsValue(cluster)) {
                String address = belongings.address(balancer).getHostAddress();
                clusterByAddress.put(address, cluster);
              }
            });
  }

  /** What samples of a route are: independent answers for DNS, requests for a load balancer. */
  public static String samplesKind(String route) {
    return route.equals(WEB) ? "answers" : "requests";
  }

  /** Judges a step by what was counted between its becoming effective and the next write. */
  public ShareJudgement judge(StepSeen step) {
    double intended = step.percent() / 100.0;
    Instant from = step.effectiveAt().orElse(Instant.MAX);
    Instant to = step.endsAt().orElseGet(clock::instant).minus(EDGE);
    if (from.isAfter(to)) {
      return new ShareJudgement(intended, 0, 0);
    }
    return ShareJudgement.of(intended, step.gaining(), counts(step.route(), from, to));
  }

  private Map<String, Long> counts(String route, Instant from, Instant to) {
    if (!route.equals(WEB)) {
      Users direct = users.get(route);
      return direct == null ? Map.of() : direct.ledger().between(from, to);
    }
    Map<String, Long> byCluster = new TreeMap<>();
    resolvers
        .answers(from, to)
        .forEach(
            (address, n) ->
                byCluster.merge(clusterByAddress.getOrDefault(address, address), n, Long::sum));
    return byCluster;
  }

  @Override
  public void close() {
    users.values().forEach(Users::close);
    resolvers.close();
  }
}
