package dev.hikkoshi.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.Front;
import dev.hikkoshi.sandbox.aws.RawRequest;
import dev.hikkoshi.sandbox.state.Json;
import java.io.IOException;
import java.lang.System.Logger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.regex.Pattern;

/**
 * The control API: unsigned, JSON, reachable from this machine only. A Host header that is no
 * loopback name is refused, so that a page in a browser cannot reach it by a name of its own.
 */
final class ControlApi implements Front.Control {

  private static final Logger LOG = System.getLogger(ControlApi.class.getName());
  private static final Pattern LOOPBACK =
      Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d+)?");

  private final JsonMapper json = Json.mapper();
  private final Map<String, ControlHandler> handlers = new LinkedHashMap<>();

  /** Adds the handler of {@code /_sandbox/key}. */
  void add(String key, ControlHandler handler) {
    if (handlers.put(key, handler) != null) {
      throw new IllegalStateException("two parts answer /_sandbox/" + key);
    }
  }

  @Override
  public AwsResponse answer(RawRequest request) {
    String host = String.join("", request.headers().getOrDefault("host", List.of()));
    if (!LOOPBACK.matcher(host).matches()) {
      return error(403, "the control API answers on loopback names only, not on '" + host + "'");
    }
    String path = request.path().substring(Front.CONTROL.length()).replaceFirst("^/", "");
    String key = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
    ControlHandler handler = handlers.get(key);
    if (handler == null) {
      return error(404, "nothing at /_sandbox/" + key + "; there are: " + handlers.keySet());
    }
    try {
      JsonNode body = request.body().length == 0 ? MissingNode.getInstance() : read(request);
      String rest = path.contains("/") ? decoded(path.substring(path.indexOf('/') + 1)) : "";
      JsonNode answer =
          handler.handle(
              new ControlHandler.Request(request.method(), rest, request.parameters(), body));
      return AwsResponse.json(200, answer.toString());
    } catch (IllegalArgumentException e) {
      return error(400, String.valueOf(e.getMessage()));
    } catch (NoSuchElementException e) {
      return error(404, String.valueOf(e.getMessage()));
    } catch (Exception e) {
      LOG.log(Logger.Level.ERROR, () -> "control request " + request.path() + " failed", e);
      return error(500, e.toString());
    }
  }

  private JsonNode read(RawRequest request) {
    try {
      return json.readTree(request.body());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the body is not JSON", e);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private AwsResponse error(int status, String message) {
    ObjectNode body = json.createObjectNode().put("error", message);
    return AwsResponse.json(status, body.toString());
  }
}
