package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.port.ReleaseSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Helm's {@code atomic}: from a revision that failed back to the last that was deployed, as a new
 * revision; and where there is none, the release is uninstalled.
 */
final class WayBack {

  private final ClusterInside inside;
  private final InstantSource clock;
  private final ReleaseId id;
  private final ReleaseSettings settings;

  WayBack(ClusterInside inside, InstantSource clock, ReleaseId id, ReleaseSettings settings) {
    this.inside = inside;
    this.clock = clock;
    this.id = id;
    this.settings = settings;
  }

  /** Begins to go back; what has to be waited for is waited for as in any rollout. */
  Outcome from(Revision failed, String why) {
    List<Revision> history = inside.records().of(id);
    Optional<Revision> target =
        history.stream()
            .filter(r -> r.number() < failed.number())
            .filter(r -> r.deployed() || r.status().equals("superseded"))
            .findFirst();
    GivenUp wish = new GivenUp(failed.number(), failed.hash().orElse(""), why);
    return target.isPresent()
        ? back(target.get(), failed.number() + 1, history, wish)
        : undone(failed, wish);
  }

  /** Goes on to undo an installation. */
  Outcome undo(Revision uninstalling, GivenUp wish) {
    Outcome outcome = new Uninstall(inside, clock, settings.timeout()).run(id);
    boolean over = inside.records().of(id).isEmpty();
    return outcome instanceof Outcome.Done && over
        ? new Outcome.Refused(
            "Failed",
            "revision %d failed and was uninstalled: %s"
                .formatted(uninstalling.number(), wish.why()))
        : outcome;
  }

  private Outcome undone(Revision failed, GivenUp wish) {
    Revision uninstalling = inside.records().remove(failed, Uninstall.UNDERWAY, wish.annotations());
    return undo(uninstalling, wish);
  }

  private Outcome back(Revision to, int number, List<Revision> history, GivenUp wish) {
    String hash =
        to.hash()
            .orElseGet(
                () -> {
                  ReleaseRecord record = inside.records().read(to);
                  return Unstable.hash(Unstable.all(record.objects(), record.hooks()), Map.of());
                });
    Revision next = inside.records().back(to, number, hash, wish);
    return new Rollout(inside, clock, id, history, settings).go(next, inside.parts().of(next));
  }
}
