package dev.hikkoshi.clusters.metrics;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.clusters.metrics.Exchange.Answer;
import dev.hikkoshi.environments.observed.Observation;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reading what providers say: JSON, and errors in one bounded line. */
final class Said {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final int LONGEST = 300;

  private Said() {}

  /** The body, if it is JSON. */
  static Observation<JsonNode> json(String what, Answer answer) {
    try {
      JsonNode tree = JSON.readTree(answer.body());
      if (tree != null && tree.isObject()) {
        return Observation.known(tree);
      }
      return Observation.unknown(what, "HTTP %d without JSON".formatted(answer.status()));
    } catch (JacksonException e) {
      // Its message quotes the body, which may be anything.
      String text =
          "HTTP %d, not JSON: %s".formatted(answer.status(), e.getClass().getSimpleName());
      return Observation.unknown(what, text);
    } catch (IOException e) {
      return Observation.unknown(what, "HTTP %d, unreadable".formatted(answer.status()));
    }
  }

  /** One line, not too long, without what could end it. */
  static String cut(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  /** The texts of an array, or of a field of its objects. */
  static Optional<String> texts(JsonNode array, String field) {
    if (!array.isArray() || array.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        cut(
            StreamSupport.stream(array.spliterator(), false)
                .limit(3)
                .map(e -> e.isObject() ? e.path(field).asText("?") : e.asText("?"))
                .collect(Collectors.joining("; "))));
  }
}
