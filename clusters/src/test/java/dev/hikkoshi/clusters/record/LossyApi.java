package dev.hikkoshi.clusters.record;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A way to an API server on which answers get lost and requests are cut, when told so. */
final class LossyApi implements AutoCloseable {

  private static final Pattern SERVER = Pattern.compile("server: \"(https://[^\"]+)\"");

  /** What happens to requests that fit; after one of them all is well again, unless it lasts. */
  private record Fault(Predicate<String> fits, boolean arrives, boolean lasts) {}

  private static final Fault NONE = new Fault(_ -> false, true, false);

  private final HttpServer server;
  private final HttpClient client;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String target;
  private final Path kubeconfig;
  private volatile Fault fault = NONE;

  private LossyApi(Path kubeconfig, Path folder) throws IOException, GeneralSecurityException {
    String text = Files.readString(kubeconfig);
    Matcher found = SERVER.matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException("no server in " + kubeconfig);
    }
    target = found.group(1);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new Trusting()}, null);
    client = HttpClient.newBuilder().sslContext(tls).build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
    String here = "server: \"http://127.0.0.1:" + server.getAddress().getPort() + "\"";
    this.kubeconfig = folder.resolve("lossy-kubeconfig");
    Files.writeString(
        this.kubeconfig, found.replaceFirst(here).replace(", insecure-skip-tls-verify: true", ""));
  }

  static LossyApi before(Path kubeconfig, Path folder) {
    try {
      return new LossyApi(kubeconfig, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** The next request whose "METHOD path" contains this is done, its answer is lost. */
  void loseAnswerOf(String request) {
    fault = new Fault(line -> line.contains(request), true, false);
  }

  /** The next request whose "METHOD path" contains this never arrives. */
  void cut(String request) {
    fault = new Fault(line -> line.contains(request), false, false);
  }

  /** No request whose "METHOD path" contains this arrives, until all is well. */
  void cutAll(String request) {
    fault = new Fault(line -> line.contains(request), false, true);
  }

  void allIsWell() {
    fault = NONE;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    Fault now = fault;
    boolean hit = now.fits().test(line);
    if (hit && !now.lasts()) {
      fault = NONE;
    }
    try (exchange) {
      if (hit && !now.arrives()) {
        return;
      }
      HttpResponse<byte[]> answer = forward(exchange);
      if (hit) {
        return;
      }
      answer
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(target + exchange.getRequestURI()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    for (String name : new String[] {"Accept", "Authorization", "Content-Type"}) {
      String value = exchange.getRequestHeaders().getFirst(name);
      if (value != null) {
        request.header(name, value);
      }
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    client.close();
  }

  /** The API server of a test signs its own certificate. */
  private static final class Trusting extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
