package dev.hikkoshi.cli.adopt;

import dev.hikkoshi.cli.apps.FieldChanges;
import dev.hikkoshi.clusters.helm.InstalledReleases.Compared;
import dev.hikkoshi.clusters.helm.InstalledReleases.Installed;
import dev.hikkoshi.clusters.helm.Preview.Added;
import dev.hikkoshi.clusters.helm.Preview.Change;
import dev.hikkoshi.clusters.helm.Preview.Changed;
import dev.hikkoshi.clusters.helm.Preview.Refused;
import dev.hikkoshi.clusters.helm.Preview.Removed;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Wanted;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A release of the cluster beside the one of the same name in the helmfile.
 *
 * @param there how Helm tells it; empty when only the helmfile has it
 * @param chart name and version in the helmfile where they are another
 * @param objects what the first sync would change
 * @param problem why it cannot be compared
 */
public record ReleaseMatch(
    ReleaseId id,
    Kind kind,
    Optional<Installed> there,
    Optional<String> chart,
    List<ObjectChange> objects,
    Optional<String> problem) {

  public ReleaseMatch {
    objects = List.copyOf(objects);
  }

  /** What the two sides are to each other. */
  public enum Kind {
    SAME("same"),
    DIFFERS("differs"),
    ONLY_THERE("only there"),
    ONLY_HERE("only here");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /**
   * One object that would change.
   *
   * @param change {@code add}, {@code remove}, {@code change} or {@code refused}
   * @param fields of a change, without values of Secrets
   * @param restarts whether a pod template changes, so that pods are replaced
   * @param why of a refusal
   */
  public record ObjectChange(
      String object, String change, List<FieldChanges.Field> fields, boolean restarts, String why) {

    public ObjectChange {
      fields = List.copyOf(fields);
    }
  }

  private static final Set<String> WITH_PODS =
      Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController");

  /** Whether pods of it would be replaced by the first sync. */
  public boolean restarts() {
    return objects.stream().anyMatch(ObjectChange::restarts);
  }

  /**
   * All of both sides, by name.
   *
   * @param wanted what the helmfile says; empty without one, and then nothing is said of its side
   */
  static List<ReleaseMatch> all(
      Optional<Wanted> wanted, SortedMap<ReleaseId, Installed> installed, List<Compared> compared) {
    SortedMap<ReleaseId, ReleaseMatch> all = new TreeMap<>();
    installed.forEach((id, there) -> all.put(id, plain(id, Kind.ONLY_THERE, Optional.of(there))));
    for (WantedRelease release : wanted.map(Wanted::releases).orElse(List.of())) {
      all.computeIfAbsent(release.id(), id -> plain(id, Kind.ONLY_HERE, Optional.empty()));
    }
    compared.forEach(one -> all.put(one.id(), of(one)));
    return List.copyOf(all.values());
  }

  private static ReleaseMatch plain(ReleaseId id, Kind kind, Optional<Installed> there) {
    return new ReleaseMatch(id, kind, there, Optional.empty(), List.of(), Optional.empty());
  }

  static ReleaseMatch of(Compared compared) {
    Installed there = compared.installed();
    boolean sameChart =
        compared.problem().isPresent()
            || (there.chart().equals(compared.chart())
                && there.version().equals(compared.version()));
    Optional<String> chart =
        sameChart ? Optional.empty() : Optional.of(compared.chart() + " " + compared.version());
    List<ObjectChange> objects = objects(compared);
    boolean same = sameChart && objects.isEmpty() && compared.problem().isEmpty();
    return new ReleaseMatch(
        compared.id(),
        same ? Kind.SAME : Kind.DIFFERS,
        Optional.of(there),
        chart,
        objects,
        compared.problem());
  }

  /**
   * What the API server says counts first. What only the records tell is added: fields that were
   * applied on the client's side and are rendered no more go away with the first sync, which a dry
   * run cannot show.
   */
  private static List<ObjectChange> objects(Compared compared) {
    Map<String, ObjectChange> byObject = new LinkedHashMap<>();
    compared.live().forEach(change -> byObject.put(change.key().identity(), of(change)));
    for (Change change : compared.rendered()) {
      boolean gone =
          change instanceof Changed(var _, var before, var after)
              && FieldChanges.between(before, after).stream().anyMatch(f -> f.after().isEmpty());
      if (gone || !(change instanceof Changed)) {
        byObject.putIfAbsent(change.key().identity(), of(change));
      }
    }
    return new ArrayList<>(byObject.values());
  }

  private static ObjectChange of(Change change) {
    String object = change.key().path();
    return switch (change) {
      case Added _ -> new ObjectChange(object, "add", List.of(), false, "");
      case Removed _ -> new ObjectChange(object, "remove", List.of(), false, "");
      case Refused refused -> new ObjectChange(object, "refused", List.of(), false, refused.why());
      case Changed changed -> {
        List<FieldChanges.Field> fields = FieldChanges.between(changed.before(), changed.after());
        boolean restarts =
            WITH_PODS.contains(changed.key().kind())
                && fields.stream().anyMatch(f -> f.path().startsWith("spec.template"));
        yield new ObjectChange(object, "change", fields, restarts, "");
      }
    };
  }
}
