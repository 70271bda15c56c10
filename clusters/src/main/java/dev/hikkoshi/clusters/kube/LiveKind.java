package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Discovery.Resource;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind, kept by a list and a watch.
 *
 * <p>Our own writes are put in by whoever made them, so that the next look never sees less than
 * what was written; of two states of an object the one with the higher resourceVersion stays (they
 * are comparable numbers, by KEP-5504). A watch that is silent for longer than the server's
 * bookmarks allow is taken for dead.
 */
final class LiveKind implements AutoCloseable {

  private static final Duration BLIND = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(100);
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int WATCH_SECONDS = 280;

  private final KubeApi api;
  private final Resource resource;
  private final String query;
  private final Extent extent;
  private final UnaryOperator<ObjectNode> trim;
  private final Map<String, LiveObject> objects = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final CountDownLatch listed = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closed;
  private final AtomicLong version = new AtomicLong();
  private volatile long heardAt = System.nanoTime();
  private volatile boolean following;
  private volatile String problem = "it was not listed yet";

  LiveKind(KubeApi api, Resource resource, String query, UnaryOperator<ObjectNode> trim) {
    this(api, resource, query, Extent.WHOLE, trim);
  }

  /**
   * Begins to watch.
   *
   * @param query which objects, as the API takes it; empty for all
   * @param extent what of them is asked for
   * @param trim what of them is kept
   */
  LiveKind(
      KubeApi api, Resource resource, String query, Extent extent, UnaryOperator<ObjectNode> trim) {
    this.api = api;
    this.resource = resource;
    this.query = query;
    this.extent = extent;
    this.trim = trim;
    this.thread = Thread.ofVirtual().name("watch-" + resource.plural()).start(this::run);
  }

  /** All objects as last seen. */
  Collection<LiveObject> all() {
    return objects.values();
  }

  Optional<LiveObject> find(String namespace, String name) {
    return Optional.ofNullable(objects.get(namespace + "/" + name));
  }

  /** Grows with each change. */
  long version() {
    return version.get();
  }

  /**
   * Waits for the first list and says why what is here cannot be trusted, if so.
   *
   * @return empty when the objects are those of the last moments
   */
  Optional<String> blind(Duration patience) throws InterruptedException {
    if (!listed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      return Optional.of(problem);
    }
    boolean stale = !following && System.nanoTime() - heardAt > BLIND.toNanos();
    return stale ? Optional.of(problem) : Optional.empty();
  }

  /** Takes in what a write of ours answered. */
  void put(ObjectNode object) {
    String uid = object.at("/metadata/uid").asText();
    if (deleted.contains(uid)) {
      return;
    }
    LiveObject fresh = LiveObject.of(trim.apply(object));
    objects.merge(
        fresh.key().namespace() + "/" + fresh.key().name(),
        fresh,
        (old, next) -> {
          boolean newer = !old.uid().equals(uid) || next.resourceVersion() > old.resourceVersion();
          return newer ? next : old;
        });
    version.incrementAndGet();
  }

  /** Takes out what a write of ours deleted; only for kinds without finalizers. */
  void remove(String uid) {
    deleted.add(uid);
    objects.values().removeIf(o -> o.uid().equals(uid));
    version.incrementAndGet();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    String from = "";
    while (!closed) {
      try {
        if (from.isEmpty()) {
          from = relist();
        }
        from = watch(from);
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        // Whatever it was: nobody begins this watch anew, so it must not end.
        from = "";
        lost(e);
      }
    }
  }

  private void lost(RuntimeException e) {
    following = false;
    problem = String.valueOf(e.getMessage());
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException _) {
      closed = true;
    }
  }

  private String relist() {
    try {
      KubeApi.Listing listing = api.list(resource.everywhere(), query, extent);
      Set<String> there = new HashSet<>();
      for (ObjectNode item : listing.items()) {
        there.add(item.at("/metadata/uid").asText());
        put(typed(item));
      }
      deleted.retainAll(there);
      long upTo = LiveObject.number(listing.resourceVersion());
      // What we wrote after the list was made is newer than the list.
      objects.values().removeIf(o -> !there.contains(o.uid()) && o.resourceVersion() <= upTo);
      version.incrementAndGet();
      heard();
      listed.countDown();
      return listing.resourceVersion();
    } catch (KubeException e) {
      if (!e.notFound()) {
        throw e;
      }
      // The kind is not served any more: then there are no objects of it, which is known.
      objects.clear();
      heard();
      listed.countDown();
      throw e;
    }
  }

  /** Items of a list come without kind, metadata with a kind of its own. */
  private ObjectNode typed(ObjectNode item) {
    return item.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
  }

  private void heard() {
    heardAt = System.nanoTime();
  }

  /** Follows until the server ends it; returns where to go on, empty for a new list. */
  private String watch(String from) throws InterruptedException {
    Lines lines = new Lines(from);
    String path =
        resource.everywhere()
            + "?watch=1&allowWatchBookmarks=true&timeoutSeconds="
            + WATCH_SECONDS
            + "&resourceVersion="
            + from
            + (query.isEmpty() ? "" : "&" + query);
    CompletableFuture<Integer> watch = api.follow(path, extent, lines);
    try {
      while (true) {
        try {
          int status = watch.get(SILENCE.toSeconds(), TimeUnit.SECONDS);
          return status == 200 ? lines.position() : gone(status);
        } catch (TimeoutException e) {
          if (System.nanoTime() - heardAt > SILENCE.toNanos()) {
            throw new KubeException(0, "Silent", "the watch of " + resource.kind() + " is silent");
          }
        } catch (ExecutionException e) {
          Throwable cause = e.getCause() == null ? e : e.getCause();
          throw new KubeException(
              0, "Unreachable", resource.kind() + ": " + cause.getClass().getSimpleName());
        }
      }
    } finally {
      watch.cancel(true);
      following = false;
    }
  }

  private String gone(int status) {
    if (status == 410) {
      return "";
    }
    throw new KubeException(status, "", "watch of " + resource.kind() + ": HTTP " + status);
  }

  /** Takes the lines of a watch; it must not throw, or the connection dies without a word. */
  private final class Lines implements Flow.Subscriber<String> {

    private volatile String position;

    Lines(String from) {
      this.position = from;
    }

    String position() {
      return position;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      heard();
      following = true;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
      heard();
      try {
        if (!line.isBlank()) {
          event(Trees.JSON.readTree(line));
        }
      } catch (JsonProcessingException e) {
        position = "";
      }
    }

    private void event(JsonNode event) {
      @Nullable JsonNode object = event.get("object");
      if (!(object instanceof ObjectNode node)) {
        return;
      }
      String at = node.at("/metadata/resourceVersion").asText();
      switch (event.path("type").asText()) {
        case "ADDED", "MODIFIED" -> put(typed(node));
        case "DELETED" -> gone(node);
        case "BOOKMARK" -> {}
        default -> at = "";
      }
      position = at;
    }

    private void gone(ObjectNode object) {
      String uid = object.at("/metadata/uid").asText();
      objects.values().removeIf(o -> o.uid().equals(uid));
      deleted.remove(uid);
      version.incrementAndGet();
    }

    @Override
    public void onError(Throwable failure) {
      problem = resource.kind() + ": " + failure.getClass().getSimpleName();
    }

    @Override
    public void onComplete() {}
  }
}
