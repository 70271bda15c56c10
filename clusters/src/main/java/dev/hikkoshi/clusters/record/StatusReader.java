package dev.hikkoshi.clusters.record;

import static dev.hikkoshi.clusters.record.Definitions.ENVIRONMENTS;
import static dev.hikkoshi.clusters.record.Definitions.MOVES;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of environments, for whoever only looks: view, record and journals as the
 * controller wrote them. Needs the right to read our kinds, and ConfigMaps for old journal entries;
 * writes nothing.
 */
public final class StatusReader {

  private final Management management;
  private final Environments environments;
  private final RecordCodec codec = new RecordCodec();

  /** A newer controller may say more than this version shows. */
  private final JsonMapper lenient =
      RecordCodec.mapper()
          .rebuild()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public StatusReader(Management management) {
    this.management = management;
    this.environments = new Environments(management);
  }

  /**
   * One environment as it was last told.
   *
   * @param view unknown when none was written yet, or in words this version cannot read
   * @param record unknown when it cannot be read; {@link EnvironmentRecord#fresh} when none was
   *     saved
   */
  public record Known(
      String name, Observation<EnvironmentView> view, Observation<EnvironmentRecord> record) {}

  /**
   * A move as its object shows it.
   *
   * @param from empty text for the first move
   */
  public record MoveSeen(String id, String from, String to, String phase, Instant startedAt) {}

  /**
   * Whether the management cluster knows what an Environment is.
   *
   * @throws KubeException when it did not answer, or denies the question
   */
  public boolean installed() {
    return management.serves(ENVIRONMENTS);
  }

  /**
   * Every environment, by name.
   *
   * @throws KubeException when they could not be listed
   */
  public List<Known> all() {
    List<Known> all = new ArrayList<>();
    environments.all().forEach(object -> all.add(known(object)));
    all.sort(Comparator.comparing(Known::name));
    return all;
  }

  /**
   * One environment; empty when there is none of this name.
   *
   * @throws KubeException when it could not be asked
   */
  public Optional<Known> find(String name) {
    return environments.find(name).map(this::known);
  }

  /**
   * The moves that are kept of an environment, oldest first.
   *
   * @throws KubeException when they could not be listed
   */
  public List<MoveSeen> moves(String environment) {
    String selector = "labelSelector=hikkoshi.dev%2Fenvironment%3D" + environment;
    return management.api().list(management.ours(MOVES), selector).items().stream()
        .map(StatusReader::seen)
        .sorted(Comparator.comparing(MoveSeen::startedAt))
        .toList();
  }

  /**
   * The whole journal of a move, oldest first; empty when there is no such move.
   *
   * @throws KubeException when a part of it could not be read
   */
  public Optional<List<JournalEntry>> journal(String move) {
    Optional<ObjectNode> object = management.api().get(management.ours(MOVES, move));
    return object.map(found -> new MoveJournal(management).read(found));
  }

  private Known known(JsonNode object) {
    String name = object.at("/metadata/name").asText();
    JsonNode status = object.path("status");
    return new Known(name, view(status.path("view")), record(name, status.path("record")));
  }

  private Observation<EnvironmentView> view(JsonNode view) {
    if (view.isMissingNode()) {
      return new Observation.Unknown<>("status", "the controller has not said anything yet");
    }
    try {
      return new Observation.Known<>(lenient.treeToValue(view, EnvironmentView.class));
    } catch (JsonProcessingException e) {
      return new Observation.Unknown<>(
          "status", "this version cannot read what the controller wrote; use the controller's");
    }
  }

  private Observation<EnvironmentRecord> record(String name, JsonNode record) {
    if (record.isMissingNode()) {
      return new Observation.Known<>(EnvironmentRecord.fresh(name));
    }
    try {
      return new Observation.Known<>(codec.read(record));
    } catch (RecordException e) {
      return new Observation.Unknown<>("record", String.valueOf(e.getMessage()));
    }
  }

  private static MoveSeen seen(ObjectNode move) {
    JsonNode status = move.path("status");
    String started = status.path("startedAt").asText();
    return new MoveSeen(
        move.at("/metadata/name").asText(),
        status.path("from").asText(),
        status.path("to").asText(),
        status.path("phase").asText(),
        started.isEmpty() ? Instant.EPOCH : Instant.parse(started));
  }
}
