package dev.hikkoshi.clusters.kube;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** How requests reach an API server: who is trusted, and who we say we are. */
interface Transport extends AutoCloseable {

  /**
   * One request.
   *
   * @param path with its query
   * @param contentType empty where there is no body
   */
  record Request(String method, String path, String accept, String contentType, byte[] body) {}

  /** One answer, whole. */
  record Reply(int status, byte[] body) {}

  /** An answer was larger than any may be; nothing of it is kept. */
  final class TooLarge extends IOException {

    private static final long serialVersionUID = 1L;

    TooLarge() {
      super("larger than any answer may be");
    }
  }

  /** Sends once; no request is ever repeated here. Cancelling ends it. */
  CompletableFuture<Reply> send(Request request);

  /**
   * Reads an answer that has no end, line by line as they come; the future ends with the answer and
   * gives its status. Cancelling it closes the connection.
   */
  CompletableFuture<Integer> follow(String path, String accept, Flow.Subscriber<String> lines);

  /** For whoever reads that nobody answered: {@code " at https://host"}, or nothing. */
  default String place() {
    return "";
  }

  @Override
  void close();
}
