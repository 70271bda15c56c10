package dev.hikkoshi.sandbox.eks;

import dev.hikkoshi.sandbox.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * All clusters of the account. Every change goes through one lock and is kept before it is seen.
 */
final class EksStore {

  private static final String DOCUMENTS = "eks/cluster/";

  private final StateStore state;
  private final Map<String, ClusterDoc> clusters = new TreeMap<>();

  EksStore(StateStore state) {
    this.state = state;
    for (String name : state.names(DOCUMENTS)) {
      state.read(name, ClusterDoc.class).ifPresent(doc -> clusters.put(doc.name(), doc));
    }
  }

  synchronized List<ClusterDoc> all() {
    return List.copyOf(clusters.values());
  }

  synchronized Optional<ClusterDoc> find(String name) {
    return Optional.ofNullable(clusters.get(name));
  }

  /** The cluster, or AWS's refusal. */
  synchronized ClusterDoc need(String name) {
    return find(name)
        .orElseThrow(() -> EksErrors.notFound("No cluster found for name: " + name + "."));
  }

  synchronized void put(ClusterDoc doc) {
    state.write(DOCUMENTS + doc.name(), doc);
    clusters.put(doc.name(), doc);
  }

  /** Changes a cluster that is there; the change may refuse by throwing. */
  synchronized ClusterDoc change(String name, UnaryOperator<ClusterDoc> change) {
    ClusterDoc next = change.apply(need(name));
    put(next);
    return next;
  }

  /** Changes a cluster if it is still there. */
  synchronized void changeIfThere(String name, UnaryOperator<ClusterDoc> change) {
    find(name).ifPresent(doc -> put(change.apply(doc)));
  }

  synchronized void remove(String name) {
    clusters.remove(name);
    state.delete(DOCUMENTS + name);
  }
}
