package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Answers a part of the control API; called on virtual threads, side by side. */
@FunctionalInterface
public interface ControlHandler {

  /**
   * Answers one request with a JSON document.
   *
   * @throws IllegalArgumentException for a bad request (400); the message says what was expected
   * @throws java.util.NoSuchElementException where nothing of that name exists (404)
   */
  JsonNode handle(Request request) throws Exception;

  /**
   * One request.
   *
   * @param method HTTP method
   * @param path what follows the handler's key, without a leading slash; empty for the key itself
   * @param query decoded query parameters
   * @param body the JSON body; a missing node where there was none
   */
  record Request(String method, String path, Map<String, List<String>> query, JsonNode body) {

    public Request {
      query = Map.copyOf(query);
    }
  }
}
