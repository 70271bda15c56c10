package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.record.ClusterRecord;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.Judging;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import dev.hikkoshi.environments.record.RouteMove;
import dev.hikkoshi.environments.record.RunOnce;
import dev.hikkoshi.environments.simulator.SimulatedRecords;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {

  private static final Instant AT = Instant.parse("2026-11-24T01:02:03.000000004Z");
  private static final int SEEDS = 8;

  private final RecordCodec codec = new RecordCodec();

  @Test
  void everyRecordOfManyMovesComesBackAsItWas() {
    // Given
    Set<String> words = new HashSet<>();
    int[] records = {0};

    // When
    for (long seed = 1; seed <= SEEDS; seed++) {
      SimulatedRecords.of(
          seed,
          record -> {
            String text = codec.write(record).toString();
            assertThat(codec.read(tree(text))).isEqualTo(record);
            record.clusters().values().forEach(c -> words.add("life " + name(c.life())));
            record.move().ifPresent(m -> words.add("phase " + name(m.phase())));
            record.runOnce().ifPresent(r -> words.add("run-once " + r.getClass().getSimpleName()));
            record.handover().ifPresent(h -> words.add("handover " + name(h)));
            record.holds().forEach(h -> words.add("hold " + h.reason()));
            records[0]++;
          });
    }

    // Then: the runs met enough for this to mean something
    assertThat(records[0]).isGreaterThan(500);
    assertThat(words)
        .contains(
            "run-once Passing",
            "handover Asked",
            "handover Done",
            "phase Returning",
            "phase Drain",
            "life Abandoned",
            "life Gone",
            "life Kept")
        .anyMatch(word -> word.startsWith("hold "));
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyStateHasItsWordOnceInItsKind(Class<?> kind, Set<?> listed) {
    // When
    Set<Class<?>> all = new HashSet<>();
    leaves(kind, all);

    // Then
    assertThat(listed).isEqualTo(all);
  }

  static Stream<Object[]> states() {
    return Stream.of(
        new Object[] {ClusterLife.class, RecordCodec.LIVES.keySet()},
        new Object[] {MovePhase.class, RecordCodec.PHASES.keySet()},
        new Object[] {RouteProgress.class, RecordCodec.PROGRESS.keySet()},
        new Object[] {RunOnce.class, RecordCodec.RUN_ONCE.keySet()},
        new Object[] {Handover.class, RecordCodec.HANDOVER.keySet()},
        new Object[] {Fact.class, RecordCodec.FACTS.keySet()});
  }

  @Test
  void wordsAreDistinctInTheirKind() {
    assertThat(RecordCodec.LIVES.values()).doesNotHaveDuplicates();
    assertThat(RecordCodec.PHASES.values()).doesNotHaveDuplicates();
    assertThat(RecordCodec.PROGRESS.values()).doesNotHaveDuplicates();
    assertThat(RecordCodec.RUN_ONCE.values()).doesNotHaveDuplicates();
    assertThat(RecordCodec.FACTS.values()).doesNotHaveDuplicates();
  }

  @Test
  void timesKeepTheirNanoseconds() {
    // Given
    EnvironmentRecord record = withCluster(new ClusterLife.Serving(AT));

    // When
    ObjectNode document = codec.write(record);

    // Then
    assertThat(document.at("/clusters/shop-1-37-1/life/since").asText())
        .isEqualTo("2026-11-24T01:02:03.000000004Z");
    assertThat(document.at("/clusters/shop-1-37-1/life/is").asText()).isEqualTo("serving");
    assertThat(codec.read(document)).isEqualTo(record);
  }

  @Test
  void aFieldOfANewerVersionIsAnErrorAndNotDropped() {
    // Given
    ObjectNode document = codec.write(withCluster(new ClusterLife.Serving(AT)));
    document.withObject("/clusters/shop-1-37-1").put("colour", "green");

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> codec.read(document))
        .withMessageContaining("newer")
        .withMessageContaining("colour");
  }

  @Test
  void aWordOfANewerVersionIsAnError() {
    // Given
    ObjectNode document = codec.write(withCluster(new ClusterLife.Serving(AT)));
    document.withObject("/clusters/shop-1-37-1/life").put("is", "hibernating");

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> codec.read(document))
        .withMessageContaining("hibernating");
  }

  @Test
  void anotherFormatIsAnError() {
    // Given
    ObjectNode document = codec.write(EnvironmentRecord.fresh("shop")).put("format", 2);

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> codec.read(document))
        .withMessageContaining("format 2");
  }

  @Test
  void whatARecordMustHaveIsNotMadeUp() {
    // Given
    ObjectNode document = codec.write(EnvironmentRecord.fresh("shop"));
    document.remove("clusters");

    // Then
    assertThatExceptionOfType(RecordException.class).isThrownBy(() -> codec.read(document));
  }

  @Test
  void anOptionalFieldThatAnOlderVersionDidNotWriteIsEmpty() {
    // Given
    EnvironmentRecord record = EnvironmentRecord.fresh("shop");
    ObjectNode document = codec.write(record);
    document.remove("scheduled");

    // Then
    assertThat(codec.read(document)).isEqualTo(record);
  }

  @Test
  void aRouteThatWaitsHasNothingButItsWord() {
    // Given
    ObjectNode json = RecordCodec.mapper().valueToTree(RouteMove.waiting());

    // Then
    assertThat(json.toString()).isEqualTo("{\"alone\":false,\"progress\":{\"is\":\"waiting\"}}");
  }

  @Test
  void whatChecksSaidOfARouteComesBack() throws JsonProcessingException {
    // Given
    RouteMove route =
        RouteMove.waiting()
            .whole(AT)
            .with(
                new Judging(
                    "a1",
                    AT,
                    new TreeMap<>(Map.of("errors", "pass")),
                    new TreeMap<>(Map.of("errors", AT))));

    // When
    JsonNode json = RecordCodec.mapper().valueToTree(route);

    // Then
    assertThat(RecordCodec.mapper().treeToValue(json, RouteMove.class)).isEqualTo(route);
    JsonNode waiting = RecordCodec.mapper().valueToTree(RouteMove.waiting());
    assertThat(RecordCodec.mapper().treeToValue(waiting, RouteMove.class))
        .isEqualTo(RouteMove.waiting());
  }

  @Test
  void aClusterOfAVersionWithoutRemovalsHasNothingToRemove() {
    // Given
    EnvironmentRecord record = withCluster(new ClusterLife.Serving(AT));
    ObjectNode document = codec.write(record);
    ((ObjectNode) document.at("/clusters/shop-1-37-1")).remove("dropped");

    // Then
    assertThat(codec.read(document)).isEqualTo(record);
  }

  private static EnvironmentRecord withCluster(ClusterLife life) {
    return EnvironmentRecord.fresh("shop")
        .with(
            new ClusterRecord(
                "shop-1-37-1",
                1,
                "1.37",
                new TreeMap<>(),
                new TreeMap<>(),
                "c0ffee",
                Optional.empty(),
                "token",
                life,
                new TreeMap<>(),
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty()));
  }

  private static String name(Object state) {
    return state.getClass().getSimpleName();
  }

  private static void leaves(Class<?> kind, Set<Class<?>> all) {
    if (!kind.isSealed()) {
      all.add(kind);
      return;
    }
    Arrays.stream(kind.getPermittedSubclasses()).forEach(sub -> leaves(sub, all));
  }

  private static ObjectNode tree(String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
