package dev.hikkoshi.clusters.contract;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Stands between the adapters and a region and writes down what goes by, as JSON lines, so that
 * botocore's models can judge the requests of one side and the answers of the other. Signatures are
 * not written down.
 */
final class Recorder implements AutoCloseable {

  private final JsonMapper json = new JsonMapper();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final URI region;
  private final BufferedWriter file;
  private final HttpServer server;

  private Recorder(URI region, Path to) throws IOException {
    this.region = region;
    Files.createDirectories(to.toAbsolutePath().getParent());
    this.file = Files.newBufferedWriter(to, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(this::pass)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  static Recorder open(URI region, Path to) throws IOException {
    return new Recorder(region, to);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** The signature covers the host that the client called, so it goes on as it came. */
  private void pass(HttpServerRequest asked) {
    asked
        .body()
        .compose(
            body ->
                client
                    .request(
                        new RequestOptions()
                            .setMethod(asked.method())
                            .setHost(region.getHost())
                            .setPort(region.getPort())
                            .setURI(asked.uri())
                            .setHeaders(asked.headers()))
                    .compose(request -> request.send(body))
                    .compose(answer -> answered(asked, body, answer)))
        .onFailure(problem -> asked.connection().close());
  }

  private Future<Void> answered(HttpServerRequest asked, Buffer body, HttpClientResponse answer) {
    return answer
        .body()
        .compose(
            content -> {
              write(asked, body.toString(), answer.statusCode(), content.toString());
              asked.response().setStatusCode(answer.statusCode());
              answer
                  .headers()
                  .forEach(
                      header -> {
                        if (!header.getKey().equalsIgnoreCase("transfer-encoding")) {
                          asked.response().putHeader(header.getKey(), header.getValue());
                        }
                      });
              return asked.response().end(content);
            });
  }

  private synchronized void write(
      HttpServerRequest asked, String request, int status, String answer) {
    ObjectNode line = json.createObjectNode();
    String signature = asked.getHeader("Authorization");
    line.put("service", signature == null ? "" : service(signature))
        .put("method", asked.method().name())
        .put("uri", asked.uri())
        .put("target", asked.getHeader("X-Amz-Target"))
        .put("request", request)
        .put("status", status)
        .put("answer", answer);
    try {
      file.write(json.writeValueAsString(line));
      file.write('\n');
      file.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The signing name in a credential's scope: KEY/DATE/REGION/SERVICE/aws4_request. */
  private static String service(String signature) {
    String[] scope = signature.split("/", -1);
    return scope.length < 4 ? "" : scope[3];
  }

  @Override
  public void close() throws IOException {
    vertx.close().toCompletionStage().toCompletableFuture().join();
    synchronized (this) {
      file.close();
    }
  }
}
