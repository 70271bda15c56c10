package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.environments.port.Fence;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;

/**
 * Plain requests to one API server.
 *
 * <p>Objects are JSON trees because charts bring kinds that no typed model knows. Writes are sent
 * once: whoever gets no answer looks before writing again, because the write may have been done;
 * and only while the {@link Fence} is open. At most {@link #IN_FLIGHT} requests run at once;
 * sixteen already saturate a server. Methods block and may be called from many (virtual) threads;
 * they throw {@link KubeException}.
 */
public final class KubeApi implements AutoCloseable {

  static final int IN_FLIGHT = 32;

  static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int PAGE = 500;
  private static final String TOO_LARGE = "TooLarge";
  private static final byte[] NOTHING = new byte[0];
  private static final String JSON_TYPE = "application/json";

  private final Transport transport;
  private final Fence fence;
  private final Duration writeLimit;
  private final Semaphore slots = new Semaphore(IN_FLIGHT);

  KubeApi(Transport transport, Fence fence) {
    this(transport, fence, DEADLINE);
  }

  /**
   * Requests through a transport.
   *
   * @param writeLimit how long a write may take: what the fence lets through must be over before
   *     somebody else can lead
   */
  KubeApi(Transport transport, Fence fence, Duration writeLimit) {
    this.transport = transport;
    this.fence = fence;
    this.writeLimit = writeLimit.compareTo(DEADLINE) < 0 ? writeLimit : DEADLINE;
  }

  /** Through a client that is configured already; it is the owner's to close. */
  public KubeApi(KubernetesClient client) {
    this(new ClientTransport(client), Fence.OPEN);
  }

  /** The object at a path; empty when there is none. */
  public Optional<ObjectNode> get(String path) {
    return get(path, JSON_TYPE);
  }

  /** The object at a path in another representation, for example a discovery document. */
  public Optional<ObjectNode> get(String path, String accept) {
    try {
      return Optional.of(send("GET", path, accept, "", NOTHING));
    } catch (KubeException e) {
      if (e.notFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * All objects of a collection, read in pages, and the version from which a watch goes on.
   *
   * @param query such as {@code labelSelector=…}, without a leading mark; may be empty
   */
  public Listing list(String collection, String query) {
    return list(collection, query, Extent.WHOLE);
  }

  /** The same with as much of each object as is wanted. */
  Listing list(String collection, String query, Extent extent) {
    List<ObjectNode> items = new ArrayList<>();
    String next = "";
    int limit = PAGE;
    do {
      String paged = "limit=" + limit + (next.isEmpty() ? "" : "&continue=" + Query.encode(next));
      String path = collection + "?" + (query.isEmpty() ? paged : query + "&" + paged);
      ObjectNode page;
      try {
        page = send("GET", path, extent.list(), "", NOTHING);
      } catch (KubeException e) {
        if (!e.reason().equals(TOO_LARGE) || limit == 1) {
          throw e;
        }
        // Definitions of some kinds take hundreds of KiB: then less of them at a time.
        limit = Math.max(1, limit / 4);
        continue;
      }
      page.path("items").forEach(item -> items.add((ObjectNode) item));
      next = page.at("/metadata/continue").asText();
      if (next.isEmpty()) {
        return new Listing(items, page.at("/metadata/resourceVersion").asText());
      }
    } while (true);
  }

  /** A collection at one moment. */
  public record Listing(List<ObjectNode> items, String resourceVersion) {}

  /** Server-side apply: takes ownership of every field in the body. */
  public ObjectNode apply(String path, String fieldManager, JsonNode body, boolean dryRun) {
    String query = "?fieldManager=" + fieldManager + "&force=true" + (dryRun ? "&dryRun=All" : "");
    return send("PATCH", path + query, JSON_TYPE, "application/apply-patch+yaml", text(body));
  }

  /** Changes an object by RFC 6902 operations. */
  public ObjectNode patch(String path, String fieldManager, JsonNode operations) {
    return send(
        "PATCH",
        path + "?fieldManager=" + fieldManager,
        JSON_TYPE,
        "application/json-patch+json",
        text(operations));
  }

  /** Creates an object in a collection. */
  public ObjectNode create(String collection, String fieldManager, JsonNode body) {
    return create(collection, fieldManager, body, false);
  }

  /** Creates an object in a collection, or only asks whether it could be. */
  public ObjectNode create(String collection, String fieldManager, JsonNode body, boolean dryRun) {
    String query = "?fieldManager=" + fieldManager + (dryRun ? "&dryRun=All" : "");
    return send("POST", collection + query, JSON_TYPE, JSON_TYPE, text(body));
  }

  /** Replaces an object; its resourceVersion in the body makes it a compare-and-set. */
  public ObjectNode replace(String path, String fieldManager, JsonNode body) {
    return send("PUT", path + "?fieldManager=" + fieldManager, JSON_TYPE, JSON_TYPE, text(body));
  }

  /** Deletes exactly the object with this uid; false when it was gone already. */
  public boolean delete(String path, String uid) {
    ObjectNode options = Trees.object();
    options.put("kind", "DeleteOptions").put("apiVersion", "v1");
    options.put("propagationPolicy", "Background");
    options.putObject("preconditions").put("uid", uid);
    try {
      send("DELETE", path, JSON_TYPE, JSON_TYPE, text(options));
      return true;
    } catch (KubeException e) {
      if (e.notFound()) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The end of what a container printed.
   *
   * @param lines at most
   * @param bytes at most
   */
  public String output(String namespace, String pod, String container, int lines, int bytes) {
    String path =
        "/api/v1/namespaces/%s/pods/%s/log?container=%s&tailLines=%d&limitBytes=%d"
            .formatted(namespace, pod, Query.encode(container), lines, bytes);
    return send("GET", path, "text/plain, */*", "", NOTHING, Answers::text);
  }

  /**
   * Follows a collection; lines arrive at the subscriber as the server writes them. The future ends
   * with the HTTP status when the server ends the watch; cancelling it closes the connection.
   */
  CompletableFuture<Integer> follow(
      String pathAndQuery, Extent extent, Flow.Subscriber<String> lines) {
    return transport.follow(pathAndQuery, extent.watch(), lines);
  }

  /** Ends every request and watch. */
  @Override
  public void close() {
    transport.close();
  }

  private ObjectNode send(
      String method, String path, String accept, String contentType, byte[] body) {
    return send(method, path, accept, contentType, body, Answers::read);
  }

  private <T> T send(
      String method,
      String path,
      String accept,
      String contentType,
      byte[] body,
      BiFunction<String, Transport.Reply, T> reader) {
    Transport.Request request = new Transport.Request(method, path, accept, contentType, body);
    String what = method + " " + Query.plain(path);
    Duration limit = writes(request) ? writeLimit : DEADLINE;
    try {
      slots.acquire();
      try {
        if (writes(request) && !fence.open()) {
          throw new KubeException(0, "NotSent", what + ": " + Fence.NOT_SENT);
        }
        return reader.apply(what, exchange(request, limit));
      } finally {
        slots.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubeException(0, "Interrupted", what + " was interrupted");
    } catch (TimeoutException e) {
      String late = ": no answer in " + limit.toSeconds() + " s";
      throw new KubeException(0, "Timeout", what + transport.place() + late);
    } catch (ExecutionException e) {
      // Only the kind of failure: texts of TLS and proxies may hold more than they should.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof Transport.TooLarge) {
        throw new KubeException(0, TOO_LARGE, what + ": " + cause.getMessage());
      }
      String kind = ": " + cause.getClass().getSimpleName();
      throw new KubeException(0, "Unreachable", what + transport.place() + kind);
    }
  }

  private static boolean writes(Transport.Request request) {
    return !request.method().equals("GET") && !request.path().contains("dryRun=All");
  }

  private Transport.Reply exchange(Transport.Request request, Duration limit)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Transport.Reply> call = transport.send(request);
    try {
      return call.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      call.cancel(true);
    }
  }

  private static byte[] text(JsonNode body) {
    try {
      return Trees.JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a tree is always writable", e);
    }
  }

  /** Makes an answer an object or an exception. */
  private static final class Answers {

    private Answers() {}

    static ObjectNode read(String what, Transport.Reply response) {
      int code = response.status();
      try {
        JsonNode tree = Trees.JSON.readTree(response.body());
        if (code / 100 == 2 && tree instanceof ObjectNode object) {
          return object;
        }
        throw failure(what, code, tree == null ? Trees.object() : tree);
      } catch (IOException e) {
        throw new KubeException(code, "", what + ": HTTP " + code + " without a JSON body");
      }
    }

    static String text(String what, Transport.Reply response) {
      return response.status() / 100 == 2
          ? new String(response.body(), StandardCharsets.UTF_8)
          : read(what, response).toString();
    }

    /** A Secret's validation error quotes its values: only the names of fields are kept then. */
    private static KubeException failure(String what, int code, JsonNode status) {
      String message = status.path("message").asText();
      if (what.contains("/secrets")) {
        StringBuilder fields = new StringBuilder(status.path("reason").asText());
        status
            .at("/details/causes")
            .forEach(cause -> fields.append(' ').append(cause.path("field").asText()));
        message = fields.toString();
      }
      String said = message.isEmpty() ? "HTTP " + code : message;
      return new KubeException(code, status.path("reason").asText(), what + ": " + said);
    }
  }
}
