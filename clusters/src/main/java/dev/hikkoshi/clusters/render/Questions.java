package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Who answers what a worker asks in the midst of a request.
 *
 * @param lookup null where charts may not ask the cluster
 * @param files null where templates may not ask for files
 */
record Questions(@Nullable LiveLookup lookup, @Nullable SnapshotFiles files) {

  static final Questions NONE = new Questions(null, null);

  /** Whether a message of the worker is a question. */
  static boolean isQuestion(ObjectNode message) {
    return message.has("lookup") || message.has("file");
  }

  /** The answer; what goes wrong is told to the worker, so that the request ends in order. */
  ObjectNode answer(ObjectNode question, long id) throws JsonProcessingException {
    ObjectNode answer = Frames.JSON.createObjectNode().put("id", id);
    JsonNode file = question.get("file");
    if (file == null) {
      live(question, answer);
    } else if (files == null) {
      answer.put("error", "files were not offered");
    } else {
      files.answer(file.path("op").asText(), file.path("path").asText(), answer);
    }
    return answer;
  }

  private void live(ObjectNode question, ObjectNode answer) throws JsonProcessingException {
    if (lookup == null) {
      answer.put("error", "lookups were not asked for");
      return;
    }
    LiveLookup.Key key = Frames.JSON.treeToValue(question.get("lookup"), LiveLookup.Key.class);
    try {
      lookup.find(key).ifPresent(object -> answer.set("object", object));
    } catch (RuntimeException e) {
      answer.put("error", "lookup of %s %s: %s".formatted(key.kind(), key.name(), e.getMessage()));
    }
  }
}
