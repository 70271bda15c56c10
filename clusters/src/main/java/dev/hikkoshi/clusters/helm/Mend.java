package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.Outcome;
import java.util.List;

/** Writes over drift, which make no new revision. */
final class Mend {

  private final ClusterInside inside;

  Mend(ClusterInside inside) {
    this.inside = inside;
  }

  /** Applies again what differs from the deployed revision; nothing else is touched. */
  Outcome heal(ReleaseId id) {
    inside.connection().live().fresh();
    Revision newest =
        inside.records().of(id).stream()
            .findFirst()
            .filter(r -> r.ours() && r.deployed())
            .orElseThrow(
                () -> NotDone.changed("the newest revision of %s is not ours".formatted(id)));
    String name = SyncRelease.name(newest);
    List<Part> all = inside.parts().of(newest);
    List<Part> drifted =
        inside.drift().of(name, all, false).stream().map(Drift.Drifted::part).toList();
    // In order of installation, not of drift's report.
    List<Part> parts = all.stream().filter(drifted::contains).toList();
    inside.writer().checkOwners(parts, id, identities(all));
    inside.writer().apply(parts, (part, answer) -> inside.drift().applied(name, part, answer));
    return Outcome.done(newest.secret().key().name(), "healed", Integer.toString(parts.size()));
  }

  private static List<String> identities(List<Part> parts) {
    return parts.stream().map(part -> part.key().identity()).toList();
  }
}
