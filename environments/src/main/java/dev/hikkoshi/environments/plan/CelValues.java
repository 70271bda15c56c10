package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.check.analysis.Finding;
import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.InsideSeen;
import dev.hikkoshi.environments.observed.InsideSeen.BackendSeen;
import dev.hikkoshi.environments.observed.InsideSeen.ReleaseSeen;
import dev.hikkoshi.environments.observed.Measured;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.port.ExpressionName;
import dev.hikkoshi.environments.port.Expressions.Judged;
import dev.hikkoshi.environments.port.Occasion;
import dev.hikkoshi.environments.port.SideMember;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What an expression of a check is about, as it was seen in this pass. */
final class CelValues {

  private CelValues() {}

  /** The verdict of an expression on a route. */
  static Finding judge(Inquiry.Cel cel, Draft d, DesiredRoute route, Occasion occasion) {
    Judged judged = cel.expression().judge(of(d, route, occasion));
    String evidence = cel.expression().source() + ": " + judged.evidence();
    return judged
        .holds()
        .map(yes -> yes ? Verdict.pass(evidence) : Verdict.fail(evidence))
        .map(verdict -> new Finding(verdict, Lack.NOTHING))
        .orElseGet(() -> Finding.unknown(Lack.ANSWER, evidence));
  }

  private static Map<String, Object> of(Draft d, DesiredRoute route, Occasion o) {
    Map<String, Object> values = new TreeMap<>();
    for (ExpressionName name : ExpressionName.values()) {
      values.put(name.word(), value(name, d, route, o));
    }
    return values;
  }

  private static Object value(ExpressionName name, Draft d, DesiredRoute route, Occasion o) {
    return switch (name) {
      case ENVIRONMENT -> o.environment();
      case MOVE -> o.move();
      case ROUTE -> o.route();
      case STEP -> (long) o.step();
      case PERCENT -> (long) o.percent();
      case FROM -> o.from().orElse("");
      case TO -> o.to();
      case PHASE -> o.phase();
      case NEW -> side(d, o.to(), route);
      case OLD ->
          o.from()
              .<Object>map(old -> side(d, old, route))
              .orElseGet(() -> new Unknown<>("old", "there is no old side"));
      case WEIGHTS -> known(d.sides(route), CelValues::weights);
      case SHARES -> known(d.sides(route), CelValues::shares);
      case REQUESTS -> requests(d, route);
      case CHECKS -> d.move().orElseThrow().route(route.name()).judging().said();
    };
  }

  /** A value, or the gap where there is none. */
  private static <T> Object known(Observation<T> seen, Function<T, Object> value) {
    return switch (seen) {
      case Known<T>(T it) -> value.apply(it);
      case Unknown<T> unknown -> unknown;
    };
  }

  private static Map<String, Object> side(Draft d, String cluster, DesiredRoute route) {
    Observation<InsideSeen> inside = d.inside(cluster);
    Observation<BackendSeen> backend = d.backend(cluster, route.name());
    Map<String, Object> side = new TreeMap<>();
    for (SideMember member : SideMember.values()) {
      Object value =
          switch (member) {
            case NAME -> cluster;
            case VERSION -> known(inside, InsideSeen::kubernetesVersion);
            case READY -> known(backend, b -> (long) b.readyPods());
            case WANTED -> known(backend, b -> (long) b.wantedPods());
            case RELEASES -> known(inside, i -> (long) i.releases().size());
            case UNHEALTHY -> known(inside, i -> count(i, r -> !r.health().healthy()));
            case UNSYNCED -> known(inside, i -> count(i, r -> !r.synced()));
            case DRIFTED -> known(inside, i -> count(i, r -> !r.drifted().isEmpty()));
          };
      side.put(member.word(), value);
    }
    return side;
  }

  private static long count(InsideSeen inside, Function<ReleaseSeen, Boolean> which) {
    return inside.releases().values().stream().filter(which::apply).count();
  }

  private static Map<String, Object> weights(Sides sides) {
    Map<String, Object> weights = new TreeMap<>();
    sides.of().forEach((name, side) -> weights.put(name, (long) side.weight()));
    return weights;
  }

  private static Map<String, Object> shares(Sides sides) {
    Map<String, Object> shares = new TreeMap<>();
    sides.of().keySet().forEach(name -> shares.put(name, sides.share(name)));
    return shares;
  }

  private static Object requests(Draft d, DesiredRoute route) {
    Observation<Measured> measured = d.observed.measured().get(route.name());
    return measured == null
        ? new Unknown<>("requests", "not counted yet")
        : known(measured, m -> new TreeMap<String, Object>(m.counts()));
  }
}
