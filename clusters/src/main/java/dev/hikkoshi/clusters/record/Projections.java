package dev.hikkoshi.clusters.record;

import static dev.hikkoshi.clusters.record.Definitions.CLUSTERS;
import static dev.hikkoshi.clusters.record.Definitions.MOVES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import dev.hikkoshi.environments.record.WayHome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cluster and Move objects, made from the record. Each time what is there is listed and what
 * differs is written, so whatever was deleted, changed by hand or missed in a crash is right again
 * afterwards. Objects of clusters that the record does not know stay: after the record was lost
 * they are the last trace of it.
 */
final class Projections {

  /** Moves kept of each environment, the current one included. */
  private static final int MOVES_KEPT = 20;

  private static final String STARTED = "startedAt";
  private static final String CURRENT = "current";

  private final Management management;
  private final MoveJournal journal;

  Projections(Management management) {
    this.management = management;
    this.journal = new MoveJournal(management);
  }

  void show(EnvironmentRecord record) {
    if (record.handedOver()) {
      clear(record.environment());
      return;
    }
    SortedMap<String, ObjectNode> clusters = list(CLUSTERS, record.environment());
    for (ClusterRecord cluster : record.clusters().values()) {
      ObjectNode object =
          Optional.ofNullable(clusters.get(object(cluster)))
              .orElseGet(() -> create(CLUSTERS, "Cluster", object(cluster), record));
      write(CLUSTERS, object, status(cluster, record));
    }
    SortedMap<String, ObjectNode> moves = list(MOVES, record.environment());
    record.move().ifPresent(move -> show(move, moves, record));
    String current = record.move().map(MoveRecord::id).orElse("");
    moves.forEach((name, object) -> end(name, object, current));
    trim(moves, current);
  }

  /**
   * Takes everything away that shows an environment; journals in ConfigMaps go with their Moves.
   */
  void clear(String environment) {
    for (String plural : List.of(CLUSTERS, MOVES)) {
      list(plural, environment)
          .forEach(
              (name, object) ->
                  management
                      .api()
                      .delete(management.ours(plural, name), object.at("/metadata/uid").asText()));
    }
  }

  private void show(MoveRecord move, Map<String, ObjectNode> moves, EnvironmentRecord record) {
    ObjectNode object =
        Optional.ofNullable(moves.get(move.id()))
            .orElseGet(() -> create(MOVES, "Move", move.id(), record));
    ObjectNode status = status(move, record);
    journal.carryOver(object, status, record.journal());
    write(MOVES, object, status);
  }

  /** EKS allows capitals and underscores in the name of a cluster that was there before. */
  private static String object(ClusterRecord cluster) {
    String name = cluster.name();
    String plain = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return plain.equals(name) ? name : plain + "-" + Integer.toHexString(name.hashCode());
  }

  private static ObjectNode status(ClusterRecord cluster, EnvironmentRecord record) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("environment", record.environment());
    status.put("number", cluster.number()).put("version", cluster.version());
    status.put("life", RecordCodec.word(cluster.life()));
    status.put("since", cluster.life().since().toString());
    if (cluster.life() instanceof ClusterLife.Retiring retiring) {
      status.put("stage", retiring.stage().name().toLowerCase(Locale.ROOT));
    }
    status.put("commit", cluster.commit());
    cluster.adopted().ifPresent(at -> status.put("adopted", at.toString()));
    cluster
        .identity()
        .ifPresent(
            identity ->
                status
                    .put("arn", identity.arn())
                    .put("createdAt", identity.createdAt().toString()));
    return status;
  }

  private static ObjectNode status(MoveRecord move, EnvironmentRecord record) {
    ObjectNode status = JsonNodeFactory.instance.objectNode();
    status.put("environment", record.environment());
    status.put("from", move.from().orElse("")).put("to", move.to());
    status.put("phase", move.phase().word());
    status.put("since", move.phase().since().toString());
    status.put(STARTED, move.startedAt().toString());
    status.put("commit", move.commit());
    status.put(CURRENT, true);
    status.put("step", step(move));
    ObjectNode routes = status.putObject("routes");
    move.routes()
        .forEach(
            (name, route) ->
                routes
                    .putObject(name)
                    .put("progress", RecordCodec.word(route.progress()))
                    .put("step", route.progress().step()));
    ObjectNode home = status.putObject("home");
    record
        .routes()
        .forEach((name, route) -> route.wayHome().ifPresent(way -> put(home, name, way)));
    return status;
  }

  /** What a person types to bring a route home without us. */
  private static void put(ObjectNode home, String route, WayHome way) {
    ObjectNode lines = home.putObject(route).put("to", way.home());
    way.role().ifPresent(role -> lines.put("role", role));
    way.commands().forEach(lines.putArray("commands")::add);
  }

  /** The step of the route that is furthest behind, for example {@code 3/5}. */
  private static String step(MoveRecord move) {
    int last = (move.returning() ? Step.HOMEWARDS : move.steps()).size();
    return move.routes().values().stream()
        .map(RouteMove::progress)
        .mapToInt(progress -> Math.clamp(progress.step(), 0, last))
        .min()
        .stream()
        .mapToObj(step -> step + "/" + last)
        .findFirst()
        .orElse("");
  }

  /** A move that was replaced or given up stays as it ended. */
  private void end(String name, ObjectNode object, String current) {
    JsonNode status = object.path("status");
    if (!name.equals(current) && status.path(CURRENT).asBoolean()) {
      ObjectNode ended = status.deepCopy();
      ended.put(CURRENT, false);
      ended.putObject("home");
      write(MOVES, object, ended);
    }
  }

  private void trim(Map<String, ObjectNode> moves, String current) {
    List<ObjectNode> past = new ArrayList<>(moves.values());
    past.removeIf(move -> name(move).equals(current));
    past.sort(Comparator.comparing(move -> move.path("status").path(STARTED).asText()));
    int over = past.size() + 1 - MOVES_KEPT;
    for (ObjectNode move : past.subList(0, Math.max(0, over))) {
      management
          .api()
          .delete(management.ours(MOVES, name(move)), move.at("/metadata/uid").asText());
    }
  }

  private SortedMap<String, ObjectNode> list(String plural, String environment) {
    String query = "?labelSelector=hikkoshi.dev%2Fenvironment%3D" + environment;
    SortedMap<String, ObjectNode> objects = new TreeMap<>();
    management
        .api()
        .get(management.ours(plural) + query)
        .ifPresent(
            list -> list.path("items").forEach(item -> objects.put(name(item), (ObjectNode) item)));
    return objects;
  }

  private ObjectNode create(String plural, String kind, String name, EnvironmentRecord record) {
    Optional<ObjectNode> there = management.api().get(management.ours(plural, name));
    if (there.isPresent()) {
      return relabelled(plural, there.get(), record);
    }
    ObjectNode object = Environments.object(kind, name);
    object
        .withObject("/metadata")
        .putObject("labels")
        .put(Management.ENVIRONMENT_LABEL, record.environment());
    return management.api().create(management.ours(plural), Management.FIELD_MANAGER, object);
  }

  /** An environment that was renamed keeps its objects, under its new name. */
  private ObjectNode relabelled(String plural, ObjectNode object, EnvironmentRecord record) {
    ObjectNode next = object.deepCopy();
    next.put("apiVersion", Management.API_VERSION);
    next.withObject("/metadata/labels").put(Management.ENVIRONMENT_LABEL, record.environment());
    return management
        .api()
        .replace(management.ours(plural, name(object)), Management.FIELD_MANAGER, next);
  }

  private void write(String plural, ObjectNode object, ObjectNode status) {
    if (status.equals(object.path("status"))) {
      return;
    }
    ObjectNode next = object.deepCopy();
    next.put("apiVersion", Management.API_VERSION);
    next.set("status", status);
    management
        .api()
        .replace(management.ours(plural, name(object)) + "/status", Management.FIELD_MANAGER, next);
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }
}
