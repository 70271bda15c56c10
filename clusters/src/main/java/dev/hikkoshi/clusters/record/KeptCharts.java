package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.charts.Settlements;
import dev.hikkoshi.clusters.kube.KubeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settlements in a ConfigMap for each environment, {@code hikkoshi-charts-ENVIRONMENT}: its last
 * definitions with what their ranges came to, oldest first. It holds no login; it may be deleted,
 * then ranges are settled anew.
 */
public final class KeptCharts implements Settlements {

  /** Definitions that are kept; the look back for a good commit may read many. */
  static final int MOST = 256;

  private static final int ATTEMPTS = 5;
  private static final JsonMapper JSON = RecordCodec.mapper();
  private static final String FILE = "settled.json";

  private final Management management;

  /** One definition. */
  record Entry(String definition, SortedMap<String, Settled> ranges) {}

  /** In the namespace of the management cluster. */
  public KeptCharts(Management management) {
    this.management = management;
  }

  @Override
  public Kept of(String environment) {
    List<Entry> entries =
        management.api().get(path(environment)).map(KeptCharts::entries).orElse(List.of());
    return new Kept() {
      @Override
      public Map<String, Settled> definition(String digest) {
        return find(entries, digest);
      }

      @Override
      public Map<String, Settled> newest() {
        Map<String, Settled> newest = new HashMap<>();
        entries.forEach(entry -> newest.putAll(entry.ranges()));
        return newest;
      }
    };
  }

  @Override
  public Map<String, Settled> keep(
      String environment, String definition, Map<String, Settled> ranges) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return put(environment, definition, ranges);
      } catch (KubeException e) {
        if (!e.conflict()) {
          throw e;
        }
      }
    }
    throw new KubeException(409, "Conflict", path(environment) + " is changed all the time");
  }

  private Map<String, Settled> put(
      String environment, String definition, Map<String, Settled> ranges) {
    Optional<ObjectNode> there = management.api().get(path(environment));
    List<Entry> entries = new ArrayList<>(there.map(KeptCharts::entries).orElse(List.of()));
    SortedMap<String, Settled> kept = new TreeMap<>(ranges);
    kept.putAll(find(entries, definition));
    entries.removeIf(entry -> entry.definition().equals(definition));
    entries.add(new Entry(definition, kept));
    while (entries.size() > MOST || text(entries).length() > MoveJournal.LARGEST) {
      entries.removeFirst();
    }
    ObjectNode map = there.orElseGet(() -> fresh(environment));
    map.putObject("data").put(FILE, text(entries));
    if (there.isPresent()) {
      management.api().replace(path(environment), Management.FIELD_MANAGER, map);
    } else {
      management.api().create(management.core("configmaps"), Management.FIELD_MANAGER, map);
    }
    return kept;
  }

  private static ObjectNode fresh(String environment) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("apiVersion", "v1").put("kind", "ConfigMap");
    map.putObject("metadata")
        .put("name", name(environment))
        .putObject("labels")
        .put(Management.ENVIRONMENT_LABEL, environment);
    return map;
  }

  private static Map<String, Settled> find(List<Entry> entries, String definition) {
    return entries.stream()
        .filter(entry -> entry.definition().equals(definition))
        .findFirst()
        .<Map<String, Settled>>map(Entry::ranges)
        .orElse(Map.of());
  }

  private static List<Entry> entries(ObjectNode map) {
    try {
      return JSON.readValue(map.at("/data").path(FILE).asText("[]"), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new KubeException(
          0,
          "Unreadable",
          map.at("/metadata/name").asText() + " cannot be read; delete it to settle ranges anew");
    }
  }

  private static String text(List<Entry> entries) {
    try {
      return JSON.writeValueAsString(entries);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private String path(String environment) {
    return management.core("configmaps") + "/" + name(environment);
  }

  private static String name(String environment) {
    return "hikkoshi-charts-" + environment;
  }
}
