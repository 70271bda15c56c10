package dev.hikkoshi.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Ledger ledger = new Ledger(now::get);

  private void pass(Duration time) {
    now.updateAndGet(t -> t.plus(time));
  }

  @Test
  void everyRequestIsSomewhere() {
    // Given
    Ledger.Ticket answered = ledger.sent(true);
    Ledger.Ticket failed = ledger.sent(false);
    ledger.sent(true);
    // When
    answered.answered("blue");
    failed.failed(Cause.CUT, "closed");
    // Then
    Ledger.Books books = ledger.books();
    assertThat(books.sent()).isEqualTo(3);
    assertThat(books.sentOnNewConnections()).isEqualTo(2);
    assertThat(books.answers()).isEqualTo(1);
    assertThat(books.failures()).isEqualTo(1);
    assertThat(books.underWay()).isEqualTo(1);
    assertThat(books.details()).containsExactly(new Ledger.Failure(START, Cause.CUT, "closed"));
  }

  @Test
  void aRequestEndsOnce() {
    // Given
    Ledger.Ticket ticket = ledger.sent(true);
    ticket.answered("blue");
    // When, Then
    assertThatThrownBy(() -> ticket.failed(Cause.LATE, "late"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ledger.books().failures()).isZero();
  }

  @Test
  void aWindowHoldsWhatWasSentInIt() {
    // Given
    ledger.sent(true).answered("blue");
    pass(Duration.ofSeconds(1));
    Ledger.Ticket slow = ledger.sent(true);
    pass(Duration.ofSeconds(1));
    slow.answered("green");
    ledger.sent(true).answered("blue");
    // When, Then
    assertThat(ledger.between(START, START.plusSeconds(1)))
        .containsOnly(java.util.Map.entry("blue", 1L));
    assertThat(ledger.between(START.plusSeconds(1), START.plusSeconds(2)))
        .containsOnly(java.util.Map.entry("green", 1L));
    assertThat(ledger.between(START, START)).isEmpty();
  }

  @Test
  void theLastRequestOfASideIsTheOneThatWasSentLast() {
    // Given
    Ledger.Ticket first = ledger.sent(true);
    pass(Duration.ofSeconds(1));
    Ledger.Ticket second = ledger.sent(true);
    // When
    second.answered("blue");
    first.answered("blue");
    // Then
    assertThat(ledger.books().last("blue")).contains(START.plusSeconds(1));
    assertThat(ledger.books().last("green")).isEmpty();
  }

  @Test
  void percentilesAreAtMostAnEighthTooHigh() {
    // Given
    for (int i = 1; i <= 100; i++) {
      Ledger.Ticket ticket = ledger.sent(true);
      now.updateAndGet(t -> t.plusMillis(10));
      ticket.answered("blue");
    }
    Ledger.Ticket slow = ledger.sent(true);
    pass(Duration.ofSeconds(2));
    slow.answered("blue");
    // When
    Ledger.Books books = ledger.books();
    // Then
    assertThat(books.median()).isBetween(Duration.ofMillis(10), Duration.ofMillis(12));
    assertThat(books.p99()).isBetween(Duration.ofMillis(10), Duration.ofMillis(12));
  }

  @Test
  void detailsAreBounded() {
    for (int i = 0; i < 10 * Ledger.DETAILS; i++) {
      ledger.sent(true).failed(Cause.CUT, "closed");
    }
    assertThat(ledger.books().details()).hasSize(Ledger.DETAILS);
    assertThat(ledger.books().failures()).isEqualTo(10L * Ledger.DETAILS);
  }

  @Test
  void manyThreadsLoseNothing() {
    // Given
    Ledger shared = new Ledger(InstantSource.system());
    // When
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 5_000; i++) {
        boolean good = i % 5 != 0;
        users.execute(
            () -> {
              Ledger.Ticket ticket = shared.sent(good);
              if (good) {
                ticket.answered("blue");
              } else {
                ticket.failed(Cause.LATE, "late");
              }
            });
      }
    }
    // Then
    Ledger.Books books = shared.books();
    assertThat(books.answers()).isEqualTo(4_000);
    assertThat(books.failures()).isEqualTo(1_000);
    assertThat(books.underWay()).isZero();
  }
}
