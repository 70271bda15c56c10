package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.observed.Observed;
import dev.hikkoshi.environments.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person is shown of one environment: the banner first, then what it rests on. Plain fields
 * only, so that it can be written to a status and read back by the command line.
 *
 * @param mode {@code observe}, {@code plan} or {@code act}; empty text while no definition was read
 * @param commit the commit that is followed; empty text while there is none
 * @param wantedVersion the Kubernetes minor it asks for; likewise
 * @param differs what the definition would do to the environment as it is remembered, in modes that
 *     write nothing
 * @param would what would be done at this very moment; only in mode {@code plan}
 * @param home what brings traffic home without Hikkoshi, by route; only while some is away
 * @param left what a handover leaves and whose it is; empty while nobody asked for one
 * @param problems why the newest commit is not followed: each problem of its definition with file,
 *     line and column, or one sentence where it is something else
 * @param at when the pass began to look: the age of everything here
 */
public record EnvironmentView(
    Banner banner,
    String mode,
    String commit,
    String wantedVersion,
    List<String> problems,
    Optional<MoveLine> move,
    List<ClusterLine> clusters,
    List<RouteLine> routes,
    List<ReleaseLine> releases,
    List<HoldLine> holds,
    List<CheckLine> checks,
    List<WaitLine> waits,
    List<String> differs,
    List<String> would,
    List<HomeLine> home,
    List<String> left,
    Instant at) {

  public EnvironmentView {
    problems = List.copyOf(problems);
    clusters = List.copyOf(clusters);
    routes = List.copyOf(routes);
    releases = List.copyOf(releases);
    holds = List.copyOf(holds);
    checks = List.copyOf(checks);
    waits = List.copyOf(waits);
    differs = List.copyOf(differs);
    would = List.copyOf(would);
    home = List.copyOf(home);
    left = List.copyOf(left);
  }

  /**
   * The view after one pass.
   *
   * @param observed empty when nothing was ever wanted
   * @param now when the view is made
   */
  public static EnvironmentView of(Wish wish, Optional<Observed> observed, Plan plan, Instant now) {
    Optional<Desired> desired = wish.desired();
    return new EnvironmentView(
        Banner.of(wish, observed, plan, now),
        desired.map(d -> d.mode().name().toLowerCase(Locale.ROOT)).orElse(""),
        desired.map(Desired::commit).orElse(""),
        desired.map(d -> d.cluster().version()).orElse(""),
        wish.problems().isEmpty() ? wish.stale().stream().toList() : wish.problems(),
        Lines.move(plan),
        Lines.clusters(observed, plan),
        Lines.routes(observed, plan),
        Lines.releases(observed),
        Lines.holds(plan),
        Lines.checks(plan),
        Lines.waits(plan),
        ModeLines.differs(desired, plan),
        ModeLines.would(desired, plan),
        ModeLines.home(plan.record()),
        ModeLines.left(plan.record()),
        observed.map(Observed::at).orElse(now));
  }

  /** The move that goes on, or the last one. */
  public record MoveLine(
      String id, String from, String to, String phase, Instant since, String commit) {}

  /**
   * One cluster.
   *
   * @param life what the record says, for example {@code serving}
   * @param status EKS's word, {@code unknown} when it could not be read
   * @param releases for example {@code 12 of 12 ready}
   */
  public record ClusterLine(
      String name, String version, String life, Instant since, String status, String releases) {}

  /**
   * One route.
   *
   * @param shares for example {@code shop-1-36-1 75 %, shop-1-37-2 25 %}; of all traffic
   * @param wanted percent of all traffic for the gaining side
   * @param measured the last measurement in words, empty text when there is none
   * @param doing writing, settling, watching …
   */
  public record RouteLine(
      String name,
      String shares,
      String gaining,
      int step,
      int steps,
      double wanted,
      String measured,
      String doing) {}

  /** A release that is not as wanted: where, and what about it. Those that are well are counted. */
  public record ReleaseLine(String cluster, String release, String problem) {}

  /** Something that a person or a commit has to lift. */
  public record HoldLine(String scope, String reason, String subject, String text, Instant since) {}

  /** One check and its verdict. */
  public record CheckLine(String name, String subject, String verdict, String evidence) {}

  /** Something that is not done now. */
  public record WaitLine(String kind, String subject, String sentence, Optional<Instant> until) {}

  /**
   * How a person brings one route home.
   *
   * @param to the side that gets everything
   * @param role whose credentials the commands need; empty text for those of the environment
   * @param commands in order, each one line for a POSIX shell
   */
  public record HomeLine(String route, String to, String role, List<String> commands) {

    public HomeLine {
      commands = List.copyOf(commands);
    }
  }
}
