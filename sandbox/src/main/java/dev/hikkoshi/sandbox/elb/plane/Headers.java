package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.Listener;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Which headers are passed on, and which a load balancer adds ("HTTP headers and ALB"). */
final class Headers {

  /** Headers of one connection (RFC 9110, 7.6.1 and 10.1.1). */
  private static final Set<String> HOP =
      Set.of(
          "connection",
          "expect", // answered by the listener itself
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final String TRACE = "X-Amzn-Trace-Id";

  private Headers() {}

  private static void copy(MultiMap from, MultiMap to) {
    String connection = from.get("Connection");
    Set<String> named =
        connection == null
            ? Set.of()
            : new HashSet<>(
                Arrays.asList(connection.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1)));
    for (Map.Entry<String, String> header : from) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!HOP.contains(name) && !named.contains(name)) {
        to.add(header.getKey(), header.getValue());
      }
    }
  }

  static void toTarget(
      HttpServerRequest request, MultiMap to, Listener listener, InstantSource clock) {
    MultiMap from = request.headers();
    copy(from, to);
    String client = request.remoteAddress().host();
    String before = from.get("X-Forwarded-For");
    to.set("X-Forwarded-For", before == null ? client : before + ", " + client);
    to.set("X-Forwarded-Proto", listener.tls() ? "https" : "http");
    to.set("X-Forwarded-Port", "" + listener.port());
    String trace = from.get(TRACE);
    to.set(
        TRACE,
        trace == null
            ? "Root=" + id(clock)
            : trace.contains("Self=") ? trace : "Self=" + id(clock) + ";" + trace);
  }

  private static String id(InstantSource clock) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return "1-%08x-%08x%016x"
        .formatted(clock.instant().getEpochSecond(), random.nextInt(), random.nextLong());
  }

  static void toClient(MultiMap from, MultiMap to) {
    copy(from, to);
  }

  /** Whether a body follows (RFC 9112, 6.3). */
  static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length != null ? !length.equals("0") : request.getHeader("Transfer-Encoding") != null;
  }
}
