package dev.hikkoshi.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.output.Documents;
import dev.hikkoshi.cli.output.Format;
import dev.hikkoshi.clusters.record.JournalCodec;
import dev.hikkoshi.environments.record.JournalEntry;
import dev.hikkoshi.environments.simulator.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {

  @TempDir private Path folder;

  @Test
  void whatHistoryPrintsComesBack() throws IOException {
    // Given
    List<JournalEntry> journal = Scenario.moving("soak").record().journal();
    var document = Documents.of("History");
    var entries = document.putArray("entries");
    journal.forEach(e -> entries.add(JournalCodec.write(e)));
    Path file = file(Documents.text(Format.JSON, document));

    // When, Then
    assertThat(HistoryFile.read(file)).isEqualTo(journal);
  }

  @Test
  void whatIsNoJournalIsToldWithItsPlace() throws IOException {
    assertThat(refused("{\n  \"kind\": \"History\",\n  entries\n}"))
        .contains("move.json:3: no JSON");
    assertThat(refused("{\"kind\": \"List\"}")).contains("is no journal (kind: History)");
    assertThat(refused("{\"kind\": \"History\", \"entries\": [{\"at\": \"yesterday\"}]}"))
        .contains("entry 1: ")
        .contains("yesterday");
  }

  @Test
  void aFactThatThisVersionDoesNotKnowIsNotPassedOver() throws IOException {
    assertThat(
            refused(
                """
                {"kind": "History", "entries": [
                  {"at": "2026-11-24T01:00:00Z", "move": "m", "author": "hikkoshi", "text": "t",
                   "requestId": "", "fact": {"is": "teleported"}}]}
                """))
        .contains("entry 1: ")
        .contains("teleported");
  }

  private String refused(String text) throws IOException {
    Path file = file(text);
    var refusal =
        assertThatExceptionOfType(CliException.class).isThrownBy(() -> HistoryFile.read(file));
    return String.valueOf(refusal.actual().getMessage());
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("move.json"), text);
  }
}
