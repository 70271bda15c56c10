package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.RecordRequest;
import dev.hikkoshi.clusters.render.RecordState;
import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Helm's release records in one cluster. Writes are compare-and-set: a record that somebody changed
 * meanwhile is not overwritten.
 */
final class Records {

  private static final String MANAGER = "helm";
  private static final int KEPT = 256;
  private static final int DESCRIPTION = 500;

  private final Connection cluster;
  private final RenderPool pool;
  private final InstantSource clock;
  private final Recent<String, ReleaseRecord> decoded = new Recent<>(KEPT);

  Records(Connection cluster, RenderPool pool, InstantSource clock) {
    this.cluster = cluster;
    this.pool = pool;
    this.clock = clock;
  }

  TreeMap<ReleaseId, List<Revision>> all() {
    return Revision.byRelease(cluster.live().records());
  }

  /** Revisions of one release, the newest first. */
  List<Revision> of(ReleaseId id) {
    return all().getOrDefault(id, List.of());
  }

  /** What a revision holds; unpacked once. */
  ReleaseRecord read(Revision revision) {
    Optional<ReleaseRecord> known = decoded.get(revision.version());
    if (known.isPresent()) {
      return known.get();
    }
    ReleaseRecord fresh = pool.decode(secret(revision));
    decoded.put(revision.version(), fresh);
    return fresh;
  }

  /** Writes a new revision that says what is about to be applied. */
  Revision begin(
      ChartRequest rendered, List<RenderedObject> objects, String hash, boolean install) {
    Instant now = clock.instant();
    ReleaseId id = new ReleaseId(rendered.release().namespace(), rendered.release().name());
    int number = rendered.release().revision();
    Instant first =
        of(id).stream()
            .reduce((_, oldest) -> oldest)
            .map(r -> Instant.parse(r.secret().at("/metadata/creationTimestamp").asText()))
            .orElse(now);
    RecordState state =
        new RecordState(
            install ? "pending-install" : "pending-upgrade",
            install ? "Initial install underway" : "Preparing upgrade",
            first,
            now);
    String label = Revision.label(number, hash);
    ObjectNode secret =
        pool.encode(
            new RecordRequest(
                rendered.chart(),
                rendered.values(),
                rendered.release(),
                state,
                objects,
                Map.of(Revision.LABEL, label)));
    stamp(secret, label, Unstable.text(objects));
    return taken(cluster.api().create(collection(id), MANAGER, secret));
  }

  /** Changes a revision's status; returns it as it is now. */
  Revision mark(Revision revision, String status, String description) {
    ObjectNode before = secret(revision);
    String text = description.substring(0, Math.min(description.length(), DESCRIPTION));
    ObjectNode after = pool.update(before, new RecordState(status, text), List.of());
    String version = before.at("/metadata/resourceVersion").asText();
    after.withObject("/metadata").put("resourceVersion", version);
    revision
        .secret()
        .label(Revision.LABEL)
        .ifPresent(
            label ->
                stamp(
                    after, label, revision.secret().annotation(Unstable.ANNOTATION).orElse("{}")));
    return taken(cluster.api().replace(path(revision), MANAGER, after));
  }

  void delete(Revision revision) {
    cluster.api().delete(path(revision), revision.secret().uid());
    cluster.live().removeRecord(revision.secret().uid());
  }

  private Revision taken(ObjectNode answer) {
    cluster.live().put(answer);
    return Revision.of(LiveObject.of(answer)).orElseThrow();
  }

  /** The record with its data, exactly in the version that was seen. */
  private ObjectNode secret(Revision revision) {
    ObjectNode secret =
        cluster
            .api()
            .get(path(revision))
            .orElseThrow(() -> NotDone.changed("revision %s is gone".formatted(revision.number())));
    LiveObject now = LiveObject.of(secret);
    if (!now.uid().equals(revision.secret().uid())
        || now.resourceVersion() != revision.secret().resourceVersion()) {
      cluster.live().put(secret);
      throw NotDone.changed(
          "revision %d of %s was changed by somebody else"
              .formatted(revision.number(), revision.id()));
    }
    return secret;
  }

  private static void stamp(ObjectNode secret, String label, String unstable) {
    secret.withObject("/metadata").withObject("/labels").put(Revision.LABEL, label);
    secret.withObject("/metadata").withObject("/annotations").put(Unstable.ANNOTATION, unstable);
  }

  private static String path(Revision revision) {
    return collection(revision.id()) + "/" + revision.secret().key().name();
  }

  private static String collection(ReleaseId id) {
    return "/api/v1/namespaces/" + id.namespace() + "/secrets";
  }
}
