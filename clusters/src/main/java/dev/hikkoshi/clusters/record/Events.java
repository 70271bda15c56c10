package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Kubernetes events about Environments. They are for people; losing one is logged, no more. */
final class Events {

  private static final System.Logger LOG = System.getLogger(Events.class.getName());

  /** Kubernetes' own bound of an event's note. */
  private static final int LONGEST = 1_000;

  private final Management management;
  private final InstantSource clock;

  Events(Management management, InstantSource clock) {
    this.management = management;
    this.clock = clock;
  }

  /** Tells something about an Environment; {@code reason} is one CamelCase word. */
  void tell(JsonNode about, boolean warning, String reason, String note) {
    JsonNode metadata = about.path("metadata");
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("apiVersion", "v1").put("kind", "Event");
    event.putObject("metadata").put("generateName", metadata.path("name").asText() + "-");
    event
        .putObject("involvedObject")
        .put("apiVersion", Management.API_VERSION)
        .put("kind", "Environment")
        .put("namespace", management.namespace())
        .put("name", metadata.path("name").asText())
        .put("uid", metadata.path("uid").asText());
    event.put("type", warning ? "Warning" : "Normal").put("reason", reason);
    event.put("message", note.length() > LONGEST ? note.substring(0, LONGEST) : note);
    event.put("firstTimestamp", now).put("lastTimestamp", now).put("count", 1);
    event.putObject("source").put("component", Management.FIELD_MANAGER);
    try {
      management.api().create(management.core("events"), Management.FIELD_MANAGER, event);
    } catch (KubeException e) {
      LOG.log(System.Logger.Level.WARNING, "event {0} was lost: {1}", reason, e.getMessage());
    }
  }
}
