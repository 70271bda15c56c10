package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.Action;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a load balancer answers by itself. */
final class Replies {

  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "400 Bad Request",
          500, "500 Internal Server Error",
          502, "502 Bad Gateway",
          503, "503 Service Temporarily Unavailable",
          504, "504 Gateway Time-out");

  /** What a header cannot hold. */
  private static final Pattern HEADER_TEXT = Pattern.compile("[^\\x20-\\x7e]");

  private Replies() {}

  /**
   * An error page as AWS's.
   *
   * @param why for people who look at the sandbox, in a header that AWS does not have
   */
  static void error(HttpServerResponse response, int status, String why) {
    if (!response.headWritten()) {
      response.putHeader("X-Sandbox-Why", HEADER_TEXT.matcher(why).replaceAll(" "));
    }
    String title = TITLES.getOrDefault(status, "" + status);
    send(
        response,
        status,
        "text/html",
        "<html>\r\n<head><title>%s</title></head>\r\n<body>\r\n<center><h1>%s</h1></center>\r\n</body>\r\n</html>\r\n"
            .formatted(title, title));
  }

  static void fixed(HttpServerResponse response, Action.FixedResponse fixed) {
    send(response, fixed.status(), fixed.contentType() + "; charset=utf-8", fixed.body());
  }

  private static void send(
      HttpServerResponse response, int status, String contentType, String body) {
    if (response.ended() || response.closed() || response.headWritten()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("Server", "awselb/2.0")
        .putHeader("Content-Type", contentType)
        .end(body)
        .onFailure(gone -> {});
  }

  /** A redirect with the parts of the request put in. */
  static void redirect(HttpServerRequest request, Action.Redirect to, String protocol, int port) {
    String scheme = fill(to.protocol(), request, protocol, port).toLowerCase(Locale.ROOT);
    String toPort = fill(to.port(), request, protocol, port);
    String host = fill(to.host(), request, protocol, port);
    String path = fill(to.path(), request, protocol, port);
    String query = fill(to.query(), request, protocol, port);
    boolean usual = toPort.equals(scheme.equals("https") ? "443" : "80");
    String location =
        "%s://%s%s%s%s"
            .formatted(
                scheme, host, usual ? "" : ":" + toPort, path, query.isEmpty() ? "" : "?" + query);
    request
        .response()
        .setStatusCode(to.status())
        .putHeader("Server", "awselb/2.0")
        .putHeader("Location", location)
        .end()
        .onFailure(gone -> {});
  }

  private static String fill(
      String template, HttpServerRequest request, String protocol, int port) {
    String path = request.path() == null ? "/" : request.path();
    String query = request.query() == null ? "" : request.query();
    return template
        .replace("#{protocol}", protocol)
        .replace("#{port}", "" + port)
        .replace("#{host}", Forwarder.host(request))
        .replace("#{path}", path.startsWith("/") ? path.substring(1) : path)
        .replace("#{query}", query);
  }
}
