package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.record.Answer;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.Judging;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import dev.hikkoshi.environments.record.RouteMove;
import dev.hikkoshi.environments.record.RouteRecord;
import dev.hikkoshi.environments.record.RunOnce;
import dev.hikkoshi.environments.view.Banner;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The record as a JSON document and back.
 *
 * <p>States carry the word of their kind under {@code is}; the words are listed here, so that
 * renaming a class changes no document. Reading is strict: a field or word that this version does
 * not know is an error, because writing the record again would drop it. An optional field that is
 * missing was written by an older version and is empty.
 */
public final class RecordCodec {

  /** Of the document as a whole; raised when its meaning changes. */
  static final int FORMAT = 1;

  private static final String FORMAT_FIELD = "format";

  static final Map<Class<? extends ClusterLife>, String> LIVES =
      Map.of(
          ClusterLife.Building.class, "building",
          ClusterLife.Serving.class, "serving",
          ClusterLife.Kept.class, "kept",
          ClusterLife.Drained.class, "drained",
          ClusterLife.Abandoned.class, "abandoned",
          ClusterLife.Retiring.class, "retiring",
          ClusterLife.Gone.class, "gone");

  static final Map<Class<? extends MovePhase>, String> PHASES =
      Map.ofEntries(
          Map.entry(MovePhase.Building.class, "building"),
          Map.entry(MovePhase.Syncing.class, "syncing"),
          Map.entry(MovePhase.Attached.class, "attached"),
          Map.entry(MovePhase.Warm.class, "warm"),
          Map.entry(MovePhase.Stepping.class, "stepping"),
          Map.entry(MovePhase.Soak.class, "soak"),
          Map.entry(MovePhase.Drain.class, "drain"),
          Map.entry(MovePhase.Retiring.class, "retiring"),
          Map.entry(MovePhase.Gone.class, "gone"),
          Map.entry(MovePhase.Returning.class, "returning"),
          Map.entry(MovePhase.Returned.class, "returned"));

  static final Map<Class<? extends RouteProgress>, String> PROGRESS =
      Map.of(
          RouteProgress.Waiting.class, "waiting",
          RouteProgress.Writing.class, "writing",
          RouteProgress.Settling.class, "settling",
          RouteProgress.Attached.class, "attached",
          RouteProgress.Watching.class, "watching",
          RouteProgress.Judged.class, "judged");

  static final Map<Class<? extends RunOnce>, String> RUN_ONCE =
      Map.of(RunOnce.At.class, "at", RunOnce.Passing.class, "passing");

  static final Map<Class<? extends Fact>, String> FACTS =
      Map.of(
          Fact.Began.class, "began",
          Fact.Phase.class, "phase",
          Fact.Judged.class, "judged",
          Fact.Effect.class, "effect",
          Fact.Known.class, "known",
          Fact.Met.class, "met",
          Fact.Retires.class, "retires",
          Fact.Held.class, "held",
          Fact.Resumed.class, "resumed",
          Fact.InMode.class, "mode");

  static final Map<Class<? extends Handover>, String> HANDOVER =
      Map.of(Handover.Asked.class, "asked", Handover.Done.class, "done");

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
  private interface Tagged {}

  /** Records of a version that knew no such parts have none. */
  private interface SinceRemovals {

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    SortedMap<String, String> dropped();
  }

  /** What most do not have most of the time takes no room. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  private interface Sparse {}

  /** Records of a version that forgot what was there before its last write have none. */
  private interface SinceBygones {

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<RouteRecord.Bygone> overtaken();

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<RouteRecord.Bygone> former();
  }

  /** Routes of a version that asked only for metrics have no answers. */
  private interface SinceInquiries {

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    SortedMap<String, Answer> answers();
  }

  /** Steps of a version that asked nobody ask nobody. */
  private interface SinceApprovals {

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    boolean approve();
  }

  /** Banners of a version that knew no freeze say nothing of one. */
  private interface SinceFreezes {

    @JsonSetter(nulls = Nulls.AS_EMPTY)
    String frozen();
  }

  private final JsonMapper json = mapper();

  static JsonMapper mapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .addMixIn(ClusterLife.class, Tagged.class)
            .addMixIn(MovePhase.class, Tagged.class)
            .addMixIn(RouteProgress.class, Tagged.class)
            .addMixIn(ClusterRecord.class, SinceRemovals.class)
            .addMixIn(RouteMove.class, Sparse.class)
            .addMixIn(RouteRecord.class, SinceBygones.class)
            .addMixIn(Judging.class, SinceInquiries.class)
            .addMixIn(Step.class, SinceApprovals.class)
            .addMixIn(Banner.class, SinceFreezes.class)
            .addMixIn(RunOnce.class, Tagged.class)
            .addMixIn(Handover.class, Tagged.class)
            .addMixIn(Fact.class, Tagged.class)
            .addMixIn(Fact.Effect.class, Sparse.class)
            .addMixIn(JournalEntry.class, Sparse.class);
    Stream.of(LIVES, PHASES, PROGRESS, RUN_ONCE, HANDOVER, FACTS)
        .flatMap(words -> words.entrySet().stream())
        .forEach(e -> builder.registerSubtypes(new NamedType(e.getKey(), e.getValue())));
    return builder.build();
  }

  /** The document of a record. */
  public ObjectNode write(EnvironmentRecord record) {
    ObjectNode document = json.valueToTree(record);
    document.put(FORMAT_FIELD, FORMAT);
    return document;
  }

  /**
   * The record of a document.
   *
   * @throws RecordException when it holds anything that this version does not know, or lacks what
   *     it must have
   */
  public EnvironmentRecord read(JsonNode document) {
    if (!(document instanceof ObjectNode object)) {
      throw new RecordException("the record is no document");
    }
    ObjectNode fields = object.deepCopy();
    JsonNode format = fields.remove(FORMAT_FIELD);
    if (format == null || format.asInt() != FORMAT) {
      throw new RecordException(
          "the record has the format %s, this version knows %d: run the newer version"
              .formatted(format, FORMAT));
    }
    try {
      return json.treeToValue(fields, EnvironmentRecord.class);
    } catch (JsonProcessingException e) {
      throw new RecordException(
          "the record cannot be read by this version; was it written by a newer one? "
              + e.getOriginalMessage(),
          e);
    }
  }

  /** The word of a cluster's life. */
  static String word(ClusterLife life) {
    return known(LIVES.get(life.getClass()), life);
  }

  /** The word of a route's progress. */
  static String word(RouteProgress progress) {
    return known(PROGRESS.get(progress.getClass()), progress);
  }

  private static String known(@org.jspecify.annotations.Nullable String word, Object state) {
    if (word == null) {
      throw new IllegalStateException("no word for " + state.getClass());
    }
    return word;
  }
}
