package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Plain requests to one API server, through the client's own authenticated connection.
 *
 * <p>Objects are JSON trees because charts bring kinds that no typed model knows. At most {@link
 * #IN_FLIGHT} requests run at once: an HTTP/2 connection carries a hundred streams, and sixteen
 * already saturate a server.
 */
public final class KubeApi {

  static final int IN_FLIGHT = 32;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final String base;
  private final Semaphore slots = new Semaphore(IN_FLIGHT);

  public KubeApi(KubernetesClient client) {
    this.client = client;
    String url = client.getMasterUrl().toString();
    this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /** The object at a path; empty when there is none. */
  public Optional<ObjectNode> get(String path) {
    return get(path, "application/json");
  }

  /** The object at a path in another representation, for example metadata only. */
  public Optional<ObjectNode> get(String path, String accept) {
    try {
      return Optional.of(send("GET", path, accept, null, null));
    } catch (KubeException e) {
      if (e.notFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Server-side apply: takes ownership of every field in the body. */
  public ObjectNode apply(String path, String fieldManager, JsonNode body, boolean dryRun) {
    String query = "?fieldManager=" + fieldManager + "&force=true" + (dryRun ? "&dryRun=All" : "");
    return send("PATCH", path + query, "application/json", "application/apply-patch+yaml", body);
  }

  /** Creates an object in a collection. */
  public ObjectNode create(String collection, String fieldManager, JsonNode body) {
    return send(
        "POST",
        collection + "?fieldManager=" + fieldManager,
        "application/json",
        "application/json",
        body);
  }

  /** Replaces an object; its resourceVersion in the body makes it a compare-and-set. */
  public ObjectNode replace(String path, String fieldManager, JsonNode body) {
    return send(
        "PUT",
        path + "?fieldManager=" + fieldManager,
        "application/json",
        "application/json",
        body);
  }

  /** Deletes exactly the object with this uid; false when it was gone already. */
  public boolean delete(String path, String uid) {
    ObjectNode options = JSON.createObjectNode();
    options.put("kind", "DeleteOptions").put("apiVersion", "v1");
    options.put("propagationPolicy", "Background");
    options.putObject("preconditions").put("uid", uid);
    try {
      send("DELETE", path, "application/json", "application/json", options);
      return true;
    } catch (KubeException e) {
      if (e.notFound()) {
        return false;
      }
      throw e;
    }
  }

  private ObjectNode send(
      String method,
      String path,
      String accept,
      @Nullable String contentType,
      @Nullable JsonNode body) {
    HttpRequest request = request(method, path, accept, contentType, body);
    acquire(method, path);
    try {
      HttpResponse<byte[]> response =
          client
              .getHttpClient()
              .sendAsync(request, byte[].class)
              .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
      return answer(method, path, response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubeException(0, "Interrupted", method + " " + plain(path) + " was interrupted");
    } catch (TimeoutException e) {
      throw new KubeException(
          0,
          "Timeout",
          method + " " + plain(path) + ": no answer in " + DEADLINE.toSeconds() + " s");
    } catch (ExecutionException | CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new KubeException(
          0, "Unreachable", method + " " + plain(path) + ": " + cause.getClass().getSimpleName());
    } finally {
      slots.release();
    }
  }

  private void acquire(String method, String path) {
    try {
      slots.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubeException(0, "Interrupted", method + " " + plain(path) + " was interrupted");
    }
  }

  private HttpRequest request(
      String method,
      String path,
      String accept,
      @Nullable String contentType,
      @Nullable JsonNode body) {
    HttpRequest.Builder builder =
        client.getHttpClient().newHttpRequestBuilder().uri(base + path).header("Accept", accept);
    if (body == null || contentType == null) {
      return builder.method(method, null, null).build();
    }
    try {
      return builder.method(method, contentType, JSON.writeValueAsString(body)).build();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a tree is always writable", e);
    }
  }

  private static ObjectNode answer(String method, String path, HttpResponse<byte[]> response) {
    byte[] bytes = response.body() == null ? new byte[0] : response.body();
    try {
      JsonNode tree = JSON.readTree(bytes);
      if (response.code() / 100 == 2 && tree instanceof ObjectNode object) {
        return object;
      }
      throw new KubeException(
          response.code(),
          tree == null ? "" : tree.path("reason").asText(""),
          method + " " + plain(path) + ": " + message(tree, response.code()));
    } catch (java.io.IOException e) {
      String start = new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.UTF_8);
      throw new KubeException(
          response.code(),
          "",
          method + " " + plain(path) + ": HTTP " + response.code() + " " + start);
    }
  }

  private static String message(@Nullable JsonNode tree, int code) {
    String text = tree == null ? "" : tree.path("message").asText("");
    return text.isEmpty() ? "HTTP " + code : text;
  }

  private static String plain(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
