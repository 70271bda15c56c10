package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Outcome;
import java.util.function.Supplier;

/** What failures of the API server and of rendering mean to the planner. */
final class Results {

  private Results() {}

  /** Runs a write and says how it ended. */
  static Outcome write(Supplier<Outcome> write) {
    try {
      return write.get();
    } catch (NotDone e) {
      return e.outcome();
    } catch (KubeException e) {
      return outcome(e);
    } catch (RenderException e) {
      return e.kind().isLasting()
          ? new Outcome.Refused(e.kind().name(), RenderFailure.sentence(e))
          : new Outcome.Unclear(RenderFailure.sentence(e));
    }
  }

  /** Runs a look; what could not be seen is unknown. */
  static <T> Observation<T> look(String what, Supplier<T> look) {
    try {
      return Observation.known(look.get());
    } catch (KubeException | RenderException | NotDone e) {
      return Observation.unknown(what, String.valueOf(e.getMessage()));
    }
  }

  /** A 409 or 429 was not done, other 4xx were refused; anything else may have been done. */
  static Outcome outcome(KubeException e) {
    String message = String.valueOf(e.getMessage());
    if (e.throttled()) {
      return new Outcome.Throttled(message);
    }
    if (e.conflict()) {
      return new Outcome.Changed(message);
    }
    if (e.refused()) {
      return new Outcome.Refused(e.reason().isEmpty() ? "HTTP " + e.code() : e.reason(), message);
    }
    return new Outcome.Unclear(message);
  }
}
