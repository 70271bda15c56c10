package dev.hikkoshi.clusters.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.hikkoshi.clusters.kube.Trees;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP chart repository and the reading half of an OCI registry, on loopback. It writes down who
 * asked for what with which credential.
 */
public final class ChartServer implements AutoCloseable {

  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  /** One request. */
  public record Asked(String path, Optional<String> authorization) {}

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final Map<String, String> types = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private volatile Optional<String> wanted = Optional.empty();
  private volatile boolean endless;

  public ChartServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Answers with 401 to everybody else. */
  public ChartServer onlyFor(String username, String password) {
    String both = username + ":" + password;
    wanted =
        Optional.of(
            "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** The index never ends. */
  public ChartServer endless() {
    endless = true;
    return this;
  }

  public ChartServer file(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  /** An entry of the index; archives may be on another server. */
  public ChartServer index(String name, Map<String, String> urlsByVersion) {
    StringBuilder index = new StringBuilder("apiVersion: v1\nentries:\n  " + name + ":\n");
    urlsByVersion.forEach(
        (version, url) ->
            index.append(
                "  - {apiVersion: v2, name: %s, version: %s, urls: [\"%s\"]}\n"
                    .formatted(name, version, url)));
    return file("/index.yaml", index.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** A chart in the registry. */
  public ChartServer push(String repository, String name, String version, byte[] archive) {
    byte[] config =
        "{\"name\":\"%s\",\"version\":\"%s\",\"apiVersion\":\"v2\"}"
            .formatted(name, version)
            .getBytes(StandardCharsets.UTF_8);
    String manifest =
        """
        {"schemaVersion":2,"mediaType":"%s",
         "config":{"mediaType":"application/vnd.cncf.helm.config.v1+json","digest":"%s","size":%d},
         "layers":[{"mediaType":"application/vnd.cncf.helm.chart.content.v1.tar+gzip","digest":"%s","size":%d}]}
        """
            .formatted(MANIFEST, sum(config), config.length, sum(archive), archive.length);
    String base = "/v2/" + repository;
    byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
    for (String reference : List.of(version, sum(bytes))) {
      file(base + "/manifests/" + reference, bytes);
      types.put(base + "/manifests/" + reference, MANIFEST);
    }
    file(
        base + "/tags/list", ("{\"tags\":[\"" + version + "\"]}").getBytes(StandardCharsets.UTF_8));
    file("/v2/", "{}".getBytes(StandardCharsets.UTF_8));
    file(base + "/blobs/" + sum(config), config);
    return file(base + "/blobs/" + sum(archive), archive);
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private static String sum(byte[] content) {
    return "sha256:" + HexFormat.of().formatHex(Trees.sha256().digest(content));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Optional<String> shown =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
      asked.add(new Asked(path, shown));
      if (wanted.isPresent() && !wanted.equals(shown)) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"charts\"");
        exchange.sendResponseHeaders(401, -1);
      } else if (endless && path.equals("/index.yaml")) {
        pour(exchange);
      } else {
        send(exchange, path, files.get(path));
      }
    }
  }

  private void send(HttpExchange exchange, String path, byte @Nullable [] content)
      throws IOException {
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange
        .getResponseHeaders()
        .add("Content-Type", types.getOrDefault(path, "application/octet-stream"));
    exchange.getResponseHeaders().add("Docker-Content-Digest", sum(content));
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().add("Content-Length", Integer.toString(content.length));
    }
    exchange.sendResponseHeaders(200, head ? -1 : content.length);
    if (!head) {
      exchange.getResponseBody().write(content);
    }
  }

  private static void pour(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    byte[] line = "  - {name: x}\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    OutputStream out = exchange.getResponseBody();
    out.write("apiVersion: v1\nentries:\n  x:\n".getBytes(StandardCharsets.UTF_8));
    while (true) {
      out.write(line); // until the other side is gone
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
