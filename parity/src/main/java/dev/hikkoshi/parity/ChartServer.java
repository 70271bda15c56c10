package dev.hikkoshi.parity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A chart repository on loopback: the files of one folder, flat. */
final class ChartServer implements AutoCloseable {

  private final HttpServer server;

  private ChartServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Serves a folder that has an {@code index.yaml}.
   *
   * @throws IOException when the port is taken, among others
   */
  static ChartServer start(Path folder, int port) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    server.createContext("/", exchange -> answer(exchange, folder));
    server.start();
    return new ChartServer(server);
  }

  private static void answer(HttpExchange exchange, Path folder) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().replaceAll("^.*/", "");
      Path file = folder.resolve(name);
      if (name.isEmpty() || !Files.isRegularFile(file)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = Files.readAllBytes(file);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
