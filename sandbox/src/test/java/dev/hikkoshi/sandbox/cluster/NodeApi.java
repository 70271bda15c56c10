package dev.hikkoshi.sandbox.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeListBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Nodes behind an API server that does to the next one that is sent what it is told to. */
final class NodeApi implements AutoCloseable {

  /** What becomes of a node that is sent. */
  enum Fate {
    /** It is there, and the connection ends before the answer. */
    ANSWER_LOST,
    /** The connection ends, and it is not there. */
    QUESTION_LOST,
    /** Another node with its name was there before. */
    TAKEN,
    /** The server does not want it. */
    REFUSED
  }

  private static final String NODES = "/api/v1/nodes";

  private final HttpServer server;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final List<String> posts = new ArrayList<>();
  private final List<Fate> fates = new ArrayList<>();

  private NodeApi(HttpServer server) {
    this.server = server;
  }

  static NodeApi start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    NodeApi api = new NodeApi(server);
    server.createContext("/", api::handle);
    server.start();
    return api;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What becomes of the next node. */
  synchronized void next(Fate fate) {
    fates.add(fate);
  }

  /** The names of all that was sent, in order. */
  synchronized List<String> posts() {
    return List.copyOf(posts);
  }

  synchronized List<Node> nodes() {
    return List.copyOf(nodes.values());
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("POST")) {
        post(exchange);
      } else if (path.equals("/version")) {
        answer(exchange, 200, Map.of("major", "1", "minor", "37", "gitVersion", "v1.37.2"));
      } else if (path.equals(NODES)) {
        answer(exchange, 200, selected(exchange));
      } else {
        Node there = nodes.get(path.substring(NODES.length() + 1));
        answer(exchange, there == null ? 404 : 200, there == null ? status(404) : there);
      }
    }
  }

  private Object selected(HttpExchange exchange) {
    String query = exchange.getRequestURI().getRawQuery();
    String asked = URLDecoder.decode(query, StandardCharsets.UTF_8);
    String label = asked.substring("labelSelector=".length());
    return new NodeListBuilder()
        .withItems(
            nodes.values().stream()
                .filter(node -> node.getMetadata().getLabels() != null)
                .filter(
                    node ->
                        node.getMetadata().getLabels().entrySet().stream()
                            .anyMatch(e -> label.equals(e.getKey() + "=" + e.getValue())))
                .toList())
        .build();
  }

  private void post(HttpExchange exchange) throws IOException {
    Node sent = Serialization.unmarshal(exchange.getRequestBody(), Node.class);
    String name = sent.getMetadata().getName();
    posts.add(name);
    Fate fate = fates.isEmpty() ? null : fates.removeFirst();
    switch (fate) {
      case null -> answer(exchange, nodes.putIfAbsent(name, ready(sent)) == null ? 201 : 409, sent);
      case ANSWER_LOST -> nodes.put(name, ready(sent));
      case QUESTION_LOST -> {}
      case TAKEN -> {
        nodes.put(
            name,
            new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withProviderID("aws:///a/i-another")
                .endSpec()
                .build());
        answer(exchange, 409, status(409));
      }
      case REFUSED -> answer(exchange, 403, status(403));
    }
  }

  private static Node ready(Node sent) {
    return new NodeBuilder(sent)
        .editOrNewStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .endCondition()
        .endStatus()
        .build();
  }

  private static Object status(int code) {
    return Map.of("kind", "Status", "apiVersion", "v1", "status", "Failure", "code", code);
  }

  private static void answer(HttpExchange exchange, int code, Object body) throws IOException {
    byte[] json = Serialization.asJson(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, json.length);
    exchange.getResponseBody().write(json);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
