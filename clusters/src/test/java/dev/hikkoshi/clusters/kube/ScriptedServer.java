package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** ConfigMaps of one server: lists them, tells followers, and answers as badly as it is told to. */
final class ScriptedServer implements Transport {

  private final Map<String, ObjectNode> objects = new TreeMap<>();
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private volatile Reply next = new Reply(200, new byte[0]);
  private volatile boolean away;
  private volatile boolean broken;
  private final CompletableFuture<Reply> nothing = new CompletableFuture<>();
  private volatile boolean silent;
  private long version = 10;
  private volatile int lists;
  private volatile int requests;

  private record Follower(SubmissionPublisher<String> lines, CompletableFuture<Integer> end) {}

  /** The next answer to anything but a list. */
  void answers(int status, String body) {
    next = new Reply(status, body.getBytes(StandardCharsets.UTF_8));
  }

  /** From now on no list and no watch is answered. */
  void away(boolean now) {
    away = now;
  }

  /** From now on nothing can even be asked, as where no token can be had. */
  void broken(boolean now) {
    broken = now;
  }

  /** From now on nothing but lists is answered; the answer that is waited for. */
  CompletableFuture<Reply> silent() {
    silent = true;
    return nothing;
  }

  int lists() {
    return lists;
  }

  /** Requests other than lists that arrived. */
  int requests() {
    return requests;
  }

  int followers() {
    return followers.size();
  }

  /** An object changes and followers hear of it. */
  synchronized ObjectNode change(String name, String value) {
    ObjectNode object = silently(name, value);
    tell("MODIFIED", object);
    return object;
  }

  /** An object changes and nobody hears of it, as when a watch is behind. */
  synchronized ObjectNode silently(String name, String value) {
    ObjectNode object = Trees.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    object
        .putObject("metadata")
        .put("name", name)
        .put("namespace", "shop")
        .put("uid", "uid-" + name)
        .put("resourceVersion", Long.toString(++version));
    object.putObject("data").put("value", value);
    objects.put(name, object);
    return object;
  }

  synchronized void delete(String name) {
    ObjectNode object = Optional.ofNullable(objects.remove(name)).orElseThrow();
    version++;
    tell("DELETED", object);
  }

  /** Sends an event as it is. */
  void tell(String type, ObjectNode object) {
    ObjectNode event = Trees.object().put("type", type);
    event.set("object", object);
    followers.forEach(f -> f.lines().submit(event.toString()));
  }

  /** Every watch ends as a server ends it. */
  void endWatches(int status) {
    for (Follower follower : followers) {
      followers.remove(follower);
      follower.end().complete(status);
    }
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    whole();
    if (!request.method().equals("GET") || !request.path().startsWith("/api/v1/configmaps?")) {
      requests++;
      return silent ? nothing : CompletableFuture.completedFuture(next);
    }
    if (away) {
      return CompletableFuture.failedFuture(new ConnectException());
    }
    lists++;
    return CompletableFuture.completedFuture(new Reply(200, listing()));
  }

  private void whole() {
    if (broken) {
      throw new IllegalStateException("no credentials");
    }
  }

  private synchronized byte[] listing() {
    ObjectNode list = Trees.object();
    list.putObject("metadata").put("resourceVersion", Long.toString(version));
    ArrayNode items = list.putArray("items");
    objects.values().forEach(o -> items.add(o.deepCopy()));
    return list.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public CompletableFuture<Integer> follow(
      String path, String accept, Flow.Subscriber<String> lines) {
    whole();
    if (away) {
      return CompletableFuture.failedFuture(new ConnectException());
    }
    Follower follower =
        new Follower(new SubmissionPublisher<>(Runnable::run, 256), new CompletableFuture<>());
    follower.lines().subscribe(lines);
    followers.add(follower);
    return follower.end();
  }

  @Override
  public void close() {
    endWatches(200);
  }
}
