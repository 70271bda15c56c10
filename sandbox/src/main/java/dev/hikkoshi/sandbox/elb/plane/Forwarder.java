package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.Action;
import dev.hikkoshi.sandbox.elb.Listener;
import dev.hikkoshi.sandbox.elb.TargetGroup;
import dev.hikkoshi.sandbox.net.Vpc;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Carries the requests of one listener: rule, group by weight, target in turn, and what AWS answers
 * when that fails. There is no second try: a request that reached a target which then died is
 * answered with 502, as on AWS.
 */
final class Forwarder implements Handler<HttpServerRequest> {

  /** "The client closed the connection before the load balancer could answer": counted as 4XX. */
  private static final int CLIENT_GONE = 460;

  /** How long a target may go on with an answer that nobody waits for any more. */
  private static final long UNWANTED_MILLIS = 1_000;

  private final Listener listener;
  private final Supplier<View> view;
  private final Upstream upstream;

  /**
   * What the forwarders of a load balancer share.
   *
   * @param vertx for timers
   * @param plain for targets that speak HTTP
   * @param secure for targets that speak HTTPS; their certificates are not checked, as on AWS
   * @param random a number from 0 up to the bound
   */
  record Upstream(
      Vertx vertx,
      HttpClient plain,
      HttpClient secure,
      BalancerMetrics metrics,
      InFlight inFlight,
      InstantSource clock,
      IntUnaryOperator random) {}

  Forwarder(Listener listener, Supplier<View> view, Upstream upstream) {
    this.listener = listener;
    this.view = view;
    this.upstream = upstream;
  }

  /** The host that was asked for, without its port. */
  static String host(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? "" : authority.host();
  }

  @Override
  public void handle(HttpServerRequest request) {
    View now = view.get();
    Routes routes = now.routes().get(listener.arn());
    String path = request.path();
    if (routes == null) {
      own(request.response(), 503, "the listener is gone");
      return;
    }
    if (path == null) {
      own(request.response(), 400, "no path");
      return;
    }
    Action action =
        routes.action(
            new Routes.Request(request.method().name(), host(request), path, request::getHeader));
    switch (action) {
      case Action.FixedResponse fixed -> Replies.fixed(request.response(), fixed);
      case Action.Redirect redirect ->
          Replies.redirect(request, redirect, listener.protocol(), listener.port());
      case Action.Forward forward -> forward(request, now, forward);
    }
  }

  private void own(HttpServerResponse response, int status, String why) {
    upstream.metrics().own(status);
    Replies.error(response, status, why);
  }

  private void forward(HttpServerRequest request, View now, Action.Forward forward) {
    Optional<String> sticky =
        forward.stickySeconds() > 0 ? cookie(request, forward) : Optional.empty();
    Optional<String> chosen =
        sticky.or(() -> GroupChoice.byWeight(forward.groups(), upstream.random()));
    Optional<Targets> targets = chosen.map(arn -> now.targets().get(arn));
    Optional<TargetGroup.Address> target = targets.flatMap(Targets::next);
    if (target.isEmpty()) {
      own(request.response(), 503, "no target");
      return;
    }
    TargetGroup group = targets.get().group();
    if (forward.stickySeconds() > 0 && sticky.isEmpty()) {
      String header =
          StickyCookie.header(group.arn(), upstream.clock().instant(), forward.stickySeconds());
      request.response().headers().add("Set-Cookie", header);
    }
    upstream.metrics().chosen(group);
    String idle = now.balancer().attribute("idle_timeout.timeout_seconds");
    send(request, group, target.get(), Long.parseLong(idle) * 1000);
  }

  /** The group of the cookie, while the action still names it, whatever its weight. */
  private Optional<String> cookie(HttpServerRequest request, Action.Forward forward) {
    Cookie cookie = request.getCookie(StickyCookie.NAME);
    if (cookie == null) {
      return Optional.empty();
    }
    return StickyCookie.group(cookie.getValue(), upstream.clock().instant())
        .filter(arn -> forward.groups().stream().anyMatch(g -> g.groupArn().equals(arn)));
  }

  private void send(
      HttpServerRequest request, TargetGroup group, TargetGroup.Address target, long idleMillis) {
    boolean tls = group.protocol().equals("HTTPS");
    String ip = Vpc.loopback(target.ip()).getHostAddress();
    RequestOptions options =
        new RequestOptions()
            .setMethod(request.method())
            .setURI(request.uri())
            .setServer(SocketAddress.inetSocketAddress(target.port(), ip))
            .setHost(ip)
            .setPort(target.port())
            .setSsl(tls)
            .setIdleTimeout(idleMillis);
    Exchange exchange =
        new Exchange(request, group, new InFlight.Key(group.arn(), target), System.nanoTime());
    request.pause();
    (tls ? upstream.secure() : upstream.plain())
        .request(options)
        .onSuccess(out -> body(exchange, out))
        .onFailure(exchange::failed);
  }

  private void body(Exchange exchange, HttpClientRequest out) {
    HttpServerRequest request = exchange.request;
    if (request.response().closed()) {
      out.reset();
      return;
    }
    Headers.toTarget(request, out.headers(), listener, upstream.clock());
    upstream.inFlight().began(exchange.key, out);
    request.response().closeHandler(gone -> exchange.clientGone(out));
    Future<HttpClientResponse> answer;
    if (Headers.hasBody(request)) {
      if (!out.headers().contains("Content-Length")) {
        out.setChunked(true);
      }
      answer = out.send(request);
    } else {
      request.resume();
      answer = out.send();
    }
    answer
        .onSuccess(response -> exchange.answered(out, response))
        .onFailure(
            failure -> {
              exchange.over(out);
              exchange.failed(failure);
            });
  }

  /** One request on its way. */
  private final class Exchange {
    private final HttpServerRequest request;
    private final TargetGroup group;
    private final InFlight.Key key;
    private final long began;

    private boolean over;

    private Exchange(HttpServerRequest request, TargetGroup group, InFlight.Key key, long began) {
      this.request = request;
      this.group = group;
      this.key = key;
      this.began = began;
    }

    /**
     * What nobody waits for any more is broken off, but not at once. The exchange may have ended a
     * moment ago on another event loop: the client leaves when it has all of its answer. To reset
     * what is over closes the target's connection (Vert.x 4.5, {@code Http1xClientConnection}),
     * which carries somebody else's request by then.
     */
    private void clientGone(HttpClientRequest out) {
      if (over) {
        return;
      }
      upstream
          .vertx()
          .setTimer(
              UNWANTED_MILLIS,
              _ -> {
                if (!over) {
                  out.reset();
                }
              });
    }

    private void over(HttpClientRequest out) {
      over = true;
      upstream.inFlight().ended(key, out);
    }

    private void answered(HttpClientRequest out, HttpClientResponse from) {
      double seconds = (System.nanoTime() - began) / 1e9;
      upstream.metrics().answered(group, from.statusCode(), seconds);
      from.end().onComplete(done -> over(out));
      HttpServerResponse to = request.response();
      if (to.closed()) {
        return;
      }
      to.setStatusCode(from.statusCode()).setStatusMessage(from.statusMessage());
      Headers.toClient(from.headers(), to.headers());
      boolean empty =
          request.method() == HttpMethod.HEAD
              || from.statusCode() == 204
              || from.statusCode() == 304;
      if (!empty && !to.headers().contains("Content-Length")) {
        to.setChunked(true);
      }
      from.pipeTo(to)
          .onComplete(
              done -> {
                if (done.failed() && !to.ended()) {
                  request.connection().close(); // the client must see that the body is cut
                }
              });
    }

    /** 504 where nothing came in time, 502 where the connection was refused or broke. */
    private void failed(Throwable failure) {
      if (request.response().closed()) {
        upstream.metrics().own(CLIENT_GONE);
        return;
      }
      boolean late =
          failure instanceof TimeoutException || failure instanceof ConnectTimeoutException;
      if (!late) {
        upstream.metrics().add("TargetConnectionErrorCount", group, 1);
      }
      if (request.response().headWritten()) {
        request.connection().close();
      } else {
        request.response().headers().remove("Set-Cookie");
        own(request.response(), late ? 504 : 502, key.target() + ": " + failure.getMessage());
      }
      request.resume();
    }
  }
}
