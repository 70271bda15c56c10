package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.RecordRequest;
import dev.hikkoshi.clusters.render.RecordState;
import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.render.RenderedObject;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
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

  /** Helm's own limit. */
  private static final int DESCRIPTION = 512;

  /** Leaves a revision's description as it is. */
  static final String SAME_DESCRIPTION = "";

  private static final RecordState SAME = new RecordState("", SAME_DESCRIPTION);

  /** What a revision is made of. */
  record Content(
      List<RenderedObject> objects, List<RenderedHook> hooks, String notes, String unstable) {}

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

  /** When what a revision is in the midst of began: its removal, else its rollout. */
  Instant begun(Revision revision) {
    ReleaseRecord record = read(revision);
    String at = revision.uninstalling() ? record.deleted() : record.lastDeployed();
    return at == null ? revision.writtenAt() : Instant.parse(at);
  }

  /** Writes a new revision that says what is about to be applied. */
  Revision begin(ChartRequest rendered, Content content, String hash, boolean install) {
    ReleaseId id = new ReleaseId(rendered.release().namespace(), rendered.release().name());
    int number = rendered.release().revision();
    List<Revision> history = of(id);
    RecordState state =
        RecordState.begun(
            install ? "pending-install" : "pending-upgrade",
            install ? "Initial install underway" : "Preparing upgrade",
            firstDeployed(history),
            clock.instant());
    Map<String, String> labels = new HashMap<>(labels(history));
    labels.put(Revision.LABEL, Revision.label(number, hash));
    ObjectNode secret =
        pool.encode(
            new RecordRequest(
                rendered.chart(),
                rendered.values(),
                rendered.release(),
                state,
                content.objects(),
                content.hooks(),
                content.notes(),
                labels));
    return create(id, secret, number, hash, Map.of(Unstable.ANNOTATION, content.unstable()));
  }

  /**
   * Writes a new revision with everything that an earlier one had.
   *
   * @param wish what is given up with it
   */
  Revision back(Revision to, int number, String hash, GivenUp wish) {
    List<Revision> history = of(to.id());
    RecordState state =
        RecordState.begun(
            "pending-rollback",
            "Rollback to " + to.number(),
            firstDeployed(history),
            clock.instant());
    ObjectNode secret = pool.rollback(secret(to), number, state);
    Map<String, String> notes = new HashMap<>(wish.annotations());
    notes.put(Unstable.ANNOTATION, to.secret().annotation(Unstable.ANNOTATION).orElse("{}"));
    return create(to.id(), secret, number, hash, notes);
  }

  /** Changes a revision's status; returns it as it is now. */
  Revision mark(Revision revision, String status, String description) {
    return change(revision, new RecordState(status, cut(description)), Map.of(), Map.of());
  }

  /** The same, for the beginning of its end. */
  Revision remove(Revision revision, String description, Map<String, String> notes) {
    Map<String, String> all = new HashMap<>(notes);
    all.put(Revision.APPLIED, "");
    RecordState state = RecordState.removing("uninstalling", cut(description), clock.instant());
    return change(revision, state, Map.of(), all);
  }

  /** Notes how hooks went, by their place in the record. */
  Revision ran(Revision revision, Map<Integer, RenderedHook.Run> runs) {
    return change(revision, SAME, runs, Map.of());
  }

  /** Notes that everything between the hooks before and the hooks after is done. */
  Revision applied(Revision revision) {
    Map<String, String> note = Map.of(Revision.APPLIED, clock.instant().toString());
    return change(revision, SAME, Map.of(), note);
  }

  private Revision change(
      Revision revision,
      RecordState state,
      Map<Integer, RenderedHook.Run> runs,
      Map<String, String> notes) {
    ObjectNode before = secret(revision);
    ObjectNode after = pool.update(before, state, runs);
    ObjectNode metadata = after.withObject("/metadata");
    metadata.set("resourceVersion", before.at("/metadata/resourceVersion"));
    if (before.at("/metadata/annotations") instanceof ObjectNode annotations) {
      metadata.set("annotations", annotations.deepCopy());
    }
    notes.forEach(metadata.withObject("/annotations")::put);
    revision.secret().label(Revision.LABEL).ifPresent(label -> stamp(after, label));
    return taken(cluster.api().replace(path(revision), MANAGER, after));
  }

  /**
   * Deletes the oldest revisions so that at most so many stay; the last deployed one stays in any
   * case, as in Helm.
   */
  void keep(ReleaseId id, int most) {
    List<Revision> history = of(id);
    Optional<Revision> deployed = history.stream().filter(Revision::deployed).findFirst();
    List<Revision> old =
        history.reversed().stream().filter(r -> !deployed.equals(Optional.of(r))).toList();
    old.stream().limit(Math.max(0, history.size() - most)).forEach(this::delete);
  }

  /** When the release was first deployed, as its newest record says. */
  private Instant firstDeployed(List<Revision> history) {
    return history.stream()
        .findFirst()
        .flatMap(newest -> Optional.ofNullable(read(newest).firstDeployed()))
        .map(Instant::parse)
        .orElseGet(clock::instant);
  }

  /** Labels that somebody gave the release stay with it, as in Helm. */
  private Map<String, String> labels(List<Revision> history) {
    return history.stream().findFirst().map(newest -> read(newest).labels()).orElse(Map.of());
  }

  private Revision create(
      ReleaseId id, ObjectNode secret, int number, String hash, Map<String, String> notes) {
    stamp(secret, Revision.label(number, hash));
    notes.forEach(secret.withObject("/metadata").withObject("/annotations")::put);
    return taken(cluster.api().create(collection(id), MANAGER, secret));
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

  private static void stamp(ObjectNode secret, String label) {
    secret.withObject("/metadata").withObject("/labels").put(Revision.LABEL, label);
  }

  private static String cut(String description) {
    return description.substring(0, Math.min(description.length(), DESCRIPTION));
  }

  private static String path(Revision revision) {
    return collection(revision.id()) + "/" + revision.secret().key().name();
  }

  private static String collection(ReleaseId id) {
    return "/api/v1/namespaces/" + id.namespace() + "/secrets";
  }
}
