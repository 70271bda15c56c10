package dev.hikkoshi.clusters.kube;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * The connection of a client that was configured as kubectl would be: kubeconfig, client
 * certificates, service account. For the management cluster.
 */
final class ClientTransport implements Transport {

  private final KubernetesClient client;
  private final String base;

  ClientTransport(KubernetesClient client) {
    this.client = client;
    String url = client.getMasterUrl().toString();
    this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  @Override
  public CompletableFuture<Reply> send(Request request) {
    HttpRequest.Builder builder =
        client
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(base + request.path())
            .header("Accept", request.accept());
    HttpRequest built =
        request.contentType().isEmpty()
            ? builder.method(request.method(), null, null).build()
            : builder.method(request.method(), request.contentType(), text(request)).build();
    return client
        .getHttpClient()
        .sendAsync(built, byte[].class)
        .thenApply(
            answer ->
                new Reply(answer.code(), answer.body() == null ? new byte[0] : answer.body()));
  }

  /** Nothing in the management cluster is watched through here. */
  @Override
  public CompletableFuture<Integer> follow(
      String path, String accept, Flow.Subscriber<String> lines) {
    return CompletableFuture.failedFuture(
        new UnsupportedOperationException("watches need a direct connection"));
  }

  /** A kubeconfig has several servers: which one was asked is half of the answer. */
  @Override
  public String place() {
    return " at " + base;
  }

  @Override
  public void close() {
    client.close();
  }

  private static String text(Request request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }
}
