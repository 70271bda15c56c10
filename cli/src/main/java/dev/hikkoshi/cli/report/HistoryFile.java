package dev.hikkoshi.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Unreadable;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.record.JournalCodec;
import dev.hikkoshi.environments.record.JournalEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A journal in a file, as {@code hikkoshi history -o json} printed it. */
public final class HistoryFile {

  /** More than any move writes; what is larger is not read into memory. */
  private static final int LARGEST = 64 * 1024 * 1024;

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String HINT = "hikkoshi history ENV --move ID -o json prints one.";

  private HistoryFile() {}

  /**
   * Oldest first.
   *
   * @throws CliException when it cannot be read, is too large, or is something else
   */
  public static List<JournalEntry> read(Path file) {
    JsonNode document = document(file);
    if (!document.path("kind").asText().equals("History") || !document.path("entries").isArray()) {
      throw new CliException(Exit.UNREADABLE, file + " is no journal (kind: History)", HINT);
    }
    List<JournalEntry> entries = new ArrayList<>();
    for (JsonNode entry : document.path("entries")) {
      try {
        entries.add(JournalCodec.read(entry));
      } catch (KubeException e) {
        String line = "%s: entry %d: %s".formatted(file, entries.size() + 1, e.getMessage());
        throw new CliException(Exit.UNREADABLE, line, HINT);
      }
    }
    return entries;
  }

  private static JsonNode document(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new CliException(
            Exit.UNREADABLE, file + " is larger than %d bytes".formatted(LARGEST), HINT);
      }
      return JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw new CliException(
          Exit.UNREADABLE, file + where + ": no JSON: " + e.getOriginalMessage(), HINT);
    } catch (IOException e) {
      throw new CliException(
          Exit.UNREADABLE, file + " could not be read: " + Unreadable.why(e), HINT);
    }
  }
}
