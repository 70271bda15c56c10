package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.record.JournalEntry;

/**
 * A line of the journal as JSON and back: in the status of a Move, in its ConfigMaps, and in what
 * {@code hikkoshi history -o json} prints. A fact carries the word of its kind under {@code is}.
 */
public final class JournalCodec {

  /** The field that says whose line it is. */
  static final String MOVE = "move";

  /** A newer controller may say more than this version knows of. */
  private static final JsonMapper JSON =
      RecordCodec.mapper()
          .rebuild()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private JournalCodec() {}

  public static ObjectNode write(JournalEntry entry) {
    return JSON.valueToTree(entry);
  }

  /**
   * A line that says itself whose it is.
   *
   * @throws KubeException when it is none, or has a fact that this version does not know
   */
  public static JournalEntry read(JsonNode entry) {
    try {
      return JSON.treeToValue(entry, JournalEntry.class);
    } catch (JsonProcessingException e) {
      throw new KubeException(
          0,
          "Damaged",
          "a line of a journal cannot be read by this version: " + e.getOriginalMessage());
    }
  }

  /** The same, of this move. */
  static JournalEntry read(ObjectNode entry, String move) {
    return read(entry.put(MOVE, move));
  }
}
