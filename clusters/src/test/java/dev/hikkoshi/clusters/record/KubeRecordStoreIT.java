package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.move.ClusterLife;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Handover;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.record.RecordStore.Loaded;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record in a real API server, reached over a way on which answers get lost. */
class KubeRecordStoreIT {

  private static final Instant NOW = Instant.parse("2026-11-24T01:02:03Z");

  @TempDir static Path folder;
  private static LocalControlPlane plane;
  private static LossyApi lossy;
  private static Management management;
  private static KubeRecordStore store;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LocalControlPlane.missing().isEmpty(), () -> "not built: " + missing());
    plane = LocalControlPlane.start(folder);
    lossy = LossyApi.before(plane.kubeconfig(), folder);
    management = Management.connect(Optional.of(lossy.kubeconfig()), Optional.empty());
    // Twice: the second finds them as they are.
    new Definitions(management).install();
    new Definitions(management).install();
    store = new KubeRecordStore(management, () -> 1);
  }

  private static String missing() {
    return LocalControlPlane.missing().map(Object::toString).orElse("");
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      management.close();
      lossy.close();
      plane.close();
    }
  }

  @AfterEach
  void allIsWell() {
    lossy.allIsWell();
  }

  @Test
  void anEnvironmentWithoutRecordIsFresh() {
    // When
    Loaded loaded = store.load("nobody");

    // Then
    assertThat(loaded).isEqualTo(new Loaded(EnvironmentRecord.fresh("nobody"), ""));
  }

  @Test
  void whatWasSavedIsLoaded() {
    // Given
    EnvironmentRecord record = Records.moving("saved");

    // When
    String version = store.save(record, "");

    // Then
    assertThat(new KubeRecordStore(management, () -> 1).load("saved"))
        .isEqualTo(new Loaded(record, version));
  }

  @Test
  void aHandoverTakesClustersAndMovesAlongAndForgettingTakesTheRest() {
    // Given
    EnvironmentRecord record = Records.moving("leaves");
    String version = store.save(record, "");
    int before = shown("leaves", "clusters") + shown("leaves", "moves");
    Handover.Done done = new Handover.Done("ann", "we go on without", NOW, List.of("a cluster"));

    // When
    String left = store.save(record.letGo(done), version);
    int after = shown("leaves", "clusters") + shown("leaves", "moves");
    Loaded kept = store.load("leaves");
    store.forget("leaves", left);

    // Then
    assertThat(before).isGreaterThan(1);
    assertThat(after).isZero();
    assertThat(kept.record().handover()).contains(done);
    assertThat(store.load("leaves")).isEqualTo(new Loaded(EnvironmentRecord.fresh("leaves"), ""));
    assertThat(store.environments()).doesNotContain("leaves");
  }

  @Test
  void whatSomebodySavedInBetweenIsNotForgotten() {
    // Given
    EnvironmentRecord record = Records.moving("stays");
    String version = store.save(record, "");
    store.save(record.numbered(7), version);

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> store.forget("stays", version))
        .withMessageContaining("somebody saved in between");
    assertThat(store.load("stays").record()).isEqualTo(record.numbered(7));
  }

  private static int shown(String environment, String plural) {
    String query = "labelSelector=hikkoshi.dev%2Fenvironment%3D" + environment;
    return management.api().list(management.ours(plural), query).items().size();
  }

  @Test
  void whoSavesSecondLoses() {
    // Given
    EnvironmentRecord record = Records.moving("conflict");
    String version = store.save(record, "");
    KubeRecordStore other = new KubeRecordStore(management, () -> 1);
    String newer = other.save(record.numbered(7), version);

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> store.save(record.numbered(9), version))
        .withMessageContaining("somebody else");
    assertThat(store.load("conflict")).isEqualTo(new Loaded(record.numbered(7), newer));
  }

  @Test
  void aFirstSaveDoesNotOverwriteARecordThatIsThere() {
    // Given
    store.save(Records.moving("first"), "");

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> store.save(EnvironmentRecord.fresh("first"), ""));
  }

  @Test
  void annotationsOfPeopleDoNotDisturbAPass() {
    // Given
    EnvironmentRecord record = Records.moving("annotated");
    String version = store.save(record, "");
    kubectl("annotate", "environments.hikkoshi.dev", "annotated", "note=seen");

    // When
    store.save(record.numbered(8), version);

    // Then
    assertThat(store.load("annotated").record()).isEqualTo(record.numbered(8));
    assertThat(kubectl("get", "environment", "annotated", "-o", "yaml")).contains("note: seen");
  }

  @Test
  void anOldLeaderCannotOverwriteWhatALaterOneWrote() {
    // Given
    EnvironmentRecord record = Records.moving("epochs");
    String version = new KubeRecordStore(management, () -> 5).save(record, "");

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> new KubeRecordStore(management, () -> 4).save(record, version))
        .withMessageContaining("later leader");
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> new KubeRecordStore(management, () -> 0).save(record, version))
        .withMessageContaining("does not lead");
    assertThat(store.highestEpoch()).isEqualTo(5);
  }

  @Test
  void aSaveWhoseAnswerIsLostIsRecognised() {
    // Given
    EnvironmentRecord record = Records.moving("lost");
    String version = store.save(record, "");
    lossy.loseAnswerOf("PUT /apis/hikkoshi.dev/v1alpha1/namespaces/default/environments/lost");

    // When
    String next = store.save(record.numbered(8), version);

    // Then
    assertThat(store.load("lost")).isEqualTo(new Loaded(record.numbered(8), next));
  }

  @Test
  void aSaveThatNeverArrivedIsSentAgain() {
    // Given
    EnvironmentRecord record = Records.moving("cut");
    String version = store.save(record, "");
    lossy.cut("PUT /apis/hikkoshi.dev/v1alpha1/namespaces/default/environments/cut");

    // When
    String next = store.save(record.numbered(8), version);

    // Then
    assertThat(store.load("cut")).isEqualTo(new Loaded(record.numbered(8), next));
  }

  @Test
  void aRecordThatCannotBeReadIsNotNone() {
    // Given
    store.save(Records.moving("unread"), "");
    lossy.cutAll("GET /apis/hikkoshi.dev/v1alpha1/namespaces/default/environments/unread");

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> store.load("unread"))
        .withMessageContaining("could not be read");
  }

  @Test
  void aRecordOfANewerVersionIsAnError() {
    // Given
    store.save(Records.moving("newer"), "");
    kubectl(
        "patch",
        "environments.hikkoshi.dev",
        "newer",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"record\":{\"mood\":\"good\"}}}");

    // Then
    assertThatExceptionOfType(RecordException.class)
        .isThrownBy(() -> store.load("newer"))
        .withMessageContaining("mood");
  }

  @Test
  void aRecordThatSomebodyDeletedIsNotWrittenAgainByTheSamePass() {
    // Given
    EnvironmentRecord record = Records.moving("deleted");
    String version = store.save(record, "");
    kubectl("delete", "environments.hikkoshi.dev", "deleted");

    // Then
    assertThatExceptionOfType(RecordException.class).isThrownBy(() -> store.save(record, version));
    assertThat(store.load("deleted")).isEqualTo(new Loaded(EnvironmentRecord.fresh("deleted"), ""));
  }

  @Test
  void kubectlReadsWell() {
    // Given
    store.save(Records.moving("read"), "");

    // When
    String moves = kubectl("get", "moves", "read-1-37-2-m1");
    String clusters = kubectl("get", "clusters.hikkoshi.dev", "-l", label("read"));
    String environments = kubectl("get", "environments", "read");

    // Then
    assertThat(moves.lines().toList().getFirst().split("\\s+"))
        .containsExactly("NAME", "FROM", "TO", "PHASE", "STEP", "SINCE", "STARTED");
    assertThat(words(moves, 1))
        .startsWith("read-1-37-2-m1", "read-1-36-1", "read-1-37-2", "stepping", "2/5");
    assertThat(words(clusters, 1)).startsWith("read-1-36-1", "read", "1.36", "serving");
    assertThat(words(clusters, 2)).startsWith("read-1-37-2", "read", "1.37", "serving");
    assertThat(environments.lines().toList().getFirst().split("\\s+"))
        .containsExactly("NAME", "STATE", "VERSION", "SERVING", "MOVE", "HOLDS", "AGE");
    assertThat(environments).contains("read-1-36-1").contains("stepping");
  }

  @Test
  void clustersAndMovesAreRightAgainAfterSomebodyChangedOrDeletedThem() {
    // Given
    EnvironmentRecord record = Records.moving("rebuilt");
    String version = store.save(record, "");
    String before = kubectl("get", "moves,clusters.hikkoshi.dev", "-l", label("rebuilt"), wide());
    kubectl("delete", "moves.hikkoshi.dev", "rebuilt-1-37-2-m1");
    kubectl("delete", "clusters.hikkoshi.dev", "rebuilt-1-36-1");
    kubectl(
        "patch",
        "clusters.hikkoshi.dev",
        "rebuilt-1-37-2",
        "--subresource=status",
        "--type=merge",
        "-p",
        "{\"status\":{\"life\":\"gone\"}}");

    // When
    store.save(record, version);

    // Then
    assertThat(kubectl("get", "moves,clusters.hikkoshi.dev", "-l", label("rebuilt"), wide()))
        .isEqualTo(before);
  }

  @Test
  void whatWasDeletedIsShownAgainThoughNothingIsSaved() {
    // Given
    AtomicLong nanos = new AtomicLong();
    KubeRecordStore quiet = new KubeRecordStore(management, () -> 1, nanos::get);
    quiet.save(Records.moving("quiet"), "");
    kubectl("delete", "moves.hikkoshi.dev", "quiet-1-37-2-m1");

    // When
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    quiet.load("quiet");

    // Then
    assertThat(kubectl("get", "moves.hikkoshi.dev", "quiet-1-37-2-m1")).contains("stepping");
  }

  @Test
  void aLongJournalIsKeptWholeAndTheStatusStaysShort() throws IOException {
    // Given: 420 entries, and a crash between ConfigMap and status when some have been moved
    EnvironmentRecord record = Records.moving("long");
    String version = store.save(record, "");
    List<String> written = new ArrayList<>();

    // When
    for (int i = 0; i < 420; i++) {
      String text = "entry " + i;
      record = record.log(Records.AT.plusSeconds(i), "hikkoshi", text, "");
      written.add(text);
      if (i % 20 == 19) {
        if (i == 199) {
          lossy.cut("PUT /apis/hikkoshi.dev/v1alpha1/namespaces/default/moves/long");
        }
        version = store.save(record, version);
      }
    }

    // Then
    JsonNode move = json(kubectl("get", "move", "long-1-37-2-m1", "-o", "json"));
    JsonNode map = json(kubectl("get", "configmap", "long-1-37-2-m1-journal-0", "-o", "json"));
    List<String> read = new ArrayList<>();
    map.at("/data/journal.jsonl").asText().lines().forEach(line -> read.add(text(line)));
    move.at("/status/journal").forEach(entry -> read.add(entry.path("text").asText()));
    assertThat(read).isEqualTo(written);
    assertThat(move.at("/status/journal")).hasSizeLessThanOrEqualTo(150);
    assertThat(map.at("/metadata/ownerReferences/0/uid")).isEqualTo(move.at("/metadata/uid"));
  }

  @Test
  void aFullConfigMapIsFollowedByAnother() throws IOException {
    // Given
    EnvironmentRecord record = Records.moving("full");
    String version = store.save(record, "");
    String text = "x".repeat(4_000);

    // When: about 1.2 MB
    for (int i = 0; i < 300; i++) {
      record = record.log(Records.AT.plusSeconds(i), "hikkoshi", i + " " + text, "");
      if (i % 20 == 19) {
        version = store.save(record, version);
      }
    }

    // Then
    String maps = kubectl("get", "configmaps", "-l", label("full"), "-o", "json");
    List<Integer> sizes = new ArrayList<>();
    json(maps)
        .path("items")
        .forEach(map -> sizes.add(map.at("/data/journal.jsonl").asText().length()));
    assertThat(sizes).hasSizeGreaterThan(1).allMatch(size -> size <= MoveJournal.LARGEST);
  }

  @Test
  void twentyMovesAreKept() {
    // Given
    EnvironmentRecord record = Records.moving("many");
    String version = store.save(record, "");

    // When
    for (int i = 2; i <= 24; i++) {
      String id = "many-1-37-2-m" + i;
      record =
          record.with(
              Records.move(
                  id, Optional.of("many-1-36-1"), "many-1-37-2", Records.AT.plusSeconds(i)));
      version = store.save(record, version);
    }

    // Then
    List<String> names =
        kubectl("get", "moves", "-l", label("many"), "-o", "name").lines().toList();
    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(5, 24)
                .mapToObj(i -> "move.hikkoshi.dev/many-1-37-2-m" + i)
                .toList());
    assertThat(kubectl("get", "move", "many-1-37-2-m5", "-o", "jsonpath={.status.current}"))
        .isEqualTo("false");
  }

  @Test
  void whatIsShownMayFailWithoutTheRecord() {
    // Given
    EnvironmentRecord record = Records.moving("shown");
    lossy.cut("POST /apis/hikkoshi.dev/v1alpha1/namespaces/default/clusters");

    // When
    String version = store.save(record, "");
    EnvironmentRecord next =
        record.with(Records.cluster("shown-1-36-1", 1, "1.36", new ClusterLife.Kept(Records.AT)));
    store.save(next, version);

    // Then
    assertThat(kubectl("get", "clusters.hikkoshi.dev", "shown-1-36-1")).contains("kept");
  }

  @Test
  void anEntryIsTheSameInMoveAndRecord() throws IOException {
    // Given
    EnvironmentRecord record =
        Records.moving("entry").log(Records.AT, "ann", "said \"go\"\n", "req-1");

    // When
    store.save(record, "");

    // Then
    JournalEntry entry = record.journal().getLast();
    JsonNode shown =
        json(kubectl("get", "move", "entry-1-37-2-m1", "-o", "json")).at("/status/journal/0");
    assertThat(shown.path("text").asText()).isEqualTo(entry.text());
    assertThat(shown.path("author").asText()).isEqualTo("ann");
    assertThat(shown.path("requestId").asText()).isEqualTo("req-1");
  }

  private static String kubectl(String... arguments) {
    var output = plane.kubectl("", arguments);
    assertThat(output.exit()).describedAs(output.text()).isZero();
    return output.text();
  }

  private static String label(String environment) {
    return Management.ENVIRONMENT_LABEL + "=" + environment;
  }

  private static String wide() {
    return "-o=custom-columns=N:.metadata.name,L:.status.life,P:.status.phase,J:.status.commit";
  }

  private static String[] words(String table, int line) {
    return table.lines().toList().get(line).split("\\s+");
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static String text(String line) {
    try {
      return json(line).path("text").asText();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
