package dev.hikkoshi.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.record.StatusReader.MoveSeen;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MoveReportTest {

  private static final Instant BEGAN = Instant.parse("2026-11-24T01:00:00Z");
  private static final MoveSeen MOVE = new MoveSeen("shop-2", "shop-1", "shop-2", "soak", BEGAN);

  private static JournalEntry at(int seconds, String author, String text) {
    return at(seconds, author, text, Optional.empty());
  }

  private static JournalEntry at(int seconds, String text, Fact fact) {
    return at(seconds, "hikkoshi", text, Optional.of(fact));
  }

  private static JournalEntry at(int seconds, String author, String text, Optional<Fact> fact) {
    return new JournalEntry(BEGAN.plusSeconds(seconds), "shop-2", author, text, "", fact);
  }

  private static MoveReport report(JournalEntry... entries) {
    return new MoveReport("shop", MOVE, List.of(entries));
  }

  @Test
  void phasesBeginWhereTheJournalSaysSo() {
    // Given, When
    List<MoveReport.Phase> phases =
        report(
                at(0, "hikkoshi", "move to shop-2 begins"),
                at(60, "phase syncing", new Fact.Phase("syncing")),
                at(61, "hikkoshi", "sync web"),
                at(90, "return in phase syncing: not wanted", new Fact.Phase("returning")))
            .phases();

    // Then
    assertThat(phases)
        .extracting(MoveReport.Phase::name)
        .containsExactly("building", "syncing", "returning");
    assertThat(phases).extracting(MoveReport.Phase::lasted).containsExactly("60 s", "30 s", "0 s");
  }

  @Test
  void whatAPersonWroteCannotLeaveItsCell() {
    // Given
    MoveReport report = report(at(1, "ann", "resumed: a | b <script>alert(1)</script>\nnext"));

    // When
    String markdown = String.join("\n", MarkdownReport.of(report));
    String html = String.join("\n", HtmlReport.of(report));

    // Then
    assertThat(markdown).contains("a \\| b &lt;script>alert(1)&lt;/script> next");
    assertThat(html).doesNotContain("<script").contains("&lt;script&gt;");
  }

  @Test
  void aMoveWithoutAJournalHasNoPhases() {
    // Given, When, Then
    assertThat(report().phases()).isEmpty();
    assertThat(report().facts()).contains(List.of("people", "nobody stepped in"));
  }
}
