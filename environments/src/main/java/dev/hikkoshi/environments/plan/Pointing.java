package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.move.Sides;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Observed.Reference;
import dev.hikkoshi.environments.record.ClusterRecord;
import java.util.List;

/** Rule 13: whether anything still points at a cluster. What could not be asked is no answer. */
final class Pointing {

  private Pointing() {}

  static Check unreferenced(Draft d, ClusterRecord cluster) {
    Observation<List<Reference>> seen = d.observed.references().get(cluster.name());
    Verdict verdict =
        switch (seen) {
          case null -> Verdict.unknown("not searched yet");
          case Unknown<List<Reference>>(String what, String why) ->
              Verdict.unknown(what + " could not be listed: " + why);
          case Known<List<Reference>>(List<Reference> found) when found.isEmpty() ->
              Verdict.pass("no record and no listener action names what is its own");
          case Known<List<Reference>>(List<Reference> found) ->
              Verdict.fail(found.getFirst().where() + " still names " + found.getFirst().target());
        };
    return new Check("unreferenced", cluster.name(), verdict);
  }

  static Check offRoutes(Draft d, ClusterRecord cluster) {
    for (DesiredRoute route : d.desired.routes()) {
      switch (d.sides(route)) {
        case Unknown<Sides>(_, String why) -> {
          return new Check("off-routes", cluster.name(), Verdict.unknown(why));
        }
        case Known<Sides>(Sides sides) when sides.side(cluster.name()).isPresent() -> {
          return new Check(
              "off-routes", cluster.name(), Verdict.fail(route.name() + " still has it: " + sides));
        }
        case Known<Sides> _ -> {}
      }
    }
    return new Check("off-routes", cluster.name(), Verdict.pass("on no route"));
  }
}
