package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.render.ReleaseRecord;
import dev.hikkoshi.clusters.render.RenderedObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What revisions put into the cluster, made ready once for each revision. */
final class ReleaseParts {

  private static final int KEPT = 256;

  private final Connection cluster;
  private final Records records;
  private final Recent<String, List<Part>> ready = new Recent<>(KEPT);

  ReleaseParts(Connection cluster, Records records) {
    this.cluster = cluster;
    this.records = records;
  }

  /** In Helm's order of installation. */
  List<Part> of(Revision revision) {
    Optional<List<Part>> known = ready.get(revision.version());
    if (known.isPresent()) {
      return known.get();
    }
    ReleaseRecord record = records.read(revision);
    List<ObjectNode> definitions =
        record.objects().stream().map(RenderedObject::object).filter(Scopes::isDefinition).toList();
    Scopes scopes = new Scopes(cluster.discovery(), definitions);
    List<Part> parts = Part.of(record.objects(), revision.id(), scopes);
    ready.put(revision.version(), parts);
    return parts;
  }

  /**
   * Everything that a release may have in the cluster: from the newest revision back to the last
   * that we brought to an end, because one that was left in the middle may have got anywhere.
   */
  List<Part> inventory(List<Revision> newestFirst) {
    Map<String, Part> parts = new LinkedHashMap<>();
    for (Revision revision : newestFirst) {
      of(revision).forEach(part -> parts.putIfAbsent(part.key().identity(), part));
      if (revision.ours() && !revision.unfinished()) {
        break;
      }
    }
    return new ArrayList<>(parts.values());
  }
}
