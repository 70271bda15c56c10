package dev.hikkoshi.demo.altered;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hikkoshi.demo.altered.Boundaries.Place;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Intent;
import dev.hikkoshi.environments.record.RecordStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundariesTest {

  private static final String ABOUT = " weights web (web: 1 %)";
  private static final Intent WRITE = new Intent("m/1/0", "weights web", "web: 1 %", Instant.EPOCH);
  private static final EnvironmentRecord FRESH = EnvironmentRecord.fresh("shop");

  @TempDir Path directory;

  private final Kept kept = new Kept();
  private Boundaries boundaries = Boundaries.in(Path.of("."));

  /** A store in memory, which outlives the processes. */
  private static final class Kept implements RecordStore {
    private EnvironmentRecord record = FRESH;

    @Override
    public synchronized Loaded load(String environment) {
      return new Loaded(record, "1");
    }

    @Override
    public synchronized String save(EnvironmentRecord next, String version) {
      record = next;
      return version;
    }

    @Override
    public synchronized void forget(String environment, String version) {
      record = FRESH;
    }
  }

  @BeforeEach
  void makeBoundaries() {
    boundaries = Boundaries.in(directory);
  }

  /** A process that does this; it stands still at a boundary until it is killed. */
  private Thread process(Runnable work) {
    return Thread.ofVirtual().uncaughtExceptionHandler((_, _) -> {}).start(work);
  }

  private void killAt(Thread process, Place place) throws InterruptedException {
    await().atMost(ofSeconds(90)).until(() -> boundaries.reached().isPresent());
    assertThat(boundaries.reached()).contains(place + ABOUT);
    process.interrupt();
    process.join();
    boundaries.pass(place + ABOUT);
  }

  private void pass() {
    RecordStore store = boundaries.stopping(kept);
    EnvironmentRecord record = store.load("shop").record();
    for (Intent interrupted : record.intents()) {
      record = record.end(interrupted.id());
      store.save(record, "1");
    }
    store.save(record.begin(WRITE), "1");
  }

  @Test
  void anEffectIsStoppedBeforeItsCallOnceAndOnlyAfterItsIntentWasSaved() throws Exception {
    // Given
    Thread first = process(this::pass);
    // When
    killAt(first, Place.BEFORE_CALL);
    // Then
    assertThat(kept.load("shop").record().intents()).containsExactly(WRITE);
    Thread second = process(this::pass);
    second.join();
    assertThat(boundaries.reached()).isEmpty();
  }

  @Test
  void anIntentWhoseCallWasNeverMadeHasNoOutcomeToStopAt() throws Exception {
    // Given
    killAt(process(this::pass), Place.BEFORE_CALL);
    // When
    Thread second = process(this::pass);
    second.join();
    // Then
    assertThat(boundaries.reached()).isEmpty();
    assertThat(boundaries.passed()).containsExactly(Place.BEFORE_CALL + ABOUT);
  }

  @Test
  void theOutcomeOfACallThatAKilledProcessMadeIsStoppedAtWhenItIsRecorded() throws Exception {
    // Given
    boundaries.pass(stopped(Place.BEFORE_CALL));
    boundaries.pass(stopped(Place.AFTER_CALL));
    kept.save(FRESH.begin(WRITE), "1");
    // When
    Thread next = process(this::pass);
    // Then
    killAt(next, Place.AFTER_RECORD);
    assertThat(kept.load("shop").record().intents()).isEmpty();
  }

  private String stopped(Place place) throws IOException {
    Files.writeString(directory.resolve("reached"), "x");
    return place + ABOUT;
  }

  @Test
  void releasesAreStoppedOncePerKind() {
    // Given
    Intent one = new Intent("1", "SyncRelease shop-1-37-2 web/web d1", "why", Instant.EPOCH);
    Intent other = new Intent("2", "SyncRelease shop-1-37-2 api/api d1", "why", Instant.EPOCH);
    // When, Then
    assertThat(Boundaries.name(Place.AFTER_CALL, one))
        .isEqualTo(Boundaries.name(Place.AFTER_CALL, other))
        .isEqualTo("AFTER_CALL SyncRelease");
  }
}
