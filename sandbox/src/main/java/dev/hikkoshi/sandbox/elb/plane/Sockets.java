package dev.hikkoshi.sandbox.elb.plane;

import dev.hikkoshi.sandbox.elb.Listener;
import dev.hikkoshi.sandbox.elb.LoadBalancer;
import dev.hikkoshi.sandbox.net.Vpc;
import dev.hikkoshi.sandbox.tls.CertificateAuthority;
import dev.hikkoshi.sandbox.tls.KeyAndCertificate;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLOptions;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Opens and closes the sockets of listeners. */
final class Sockets {

  private static final Logger LOG = System.getLogger(Sockets.class.getName());

  /** Host patterns that are also names a certificate can have. */
  private static final Pattern PLAIN_OR_WILDCARD =
      Pattern.compile("(\\*\\.)?[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)+");

  private static final int SECONDS = 5;
  static final int HEADER_BYTES = 65_536;

  private final Vertx vertx;
  private final Ports ports;
  private final CertificateAuthority ca;

  Sockets(Vertx vertx, Ports ports, CertificateAuthority ca) {
    this.vertx = vertx;
    this.ports = ports;
    this.ca = ca;
  }

  /**
   * Opens a listener; returns when it takes connections.
   *
   * @param hosts the host names that its rules look for
   * @throws IllegalStateException where no port of the address can be bound
   */
  HttpServer open(
      LoadBalancer balancer,
      Listener listener,
      Set<String> hosts,
      Handler<HttpServerRequest> requests,
      Handler<HttpConnection> connections) {
    String address = Vpc.loopback(balancer.address()).getHostAddress();
    HttpServerOptions options = options(balancer, listener, hosts);
    IllegalStateException none =
        new IllegalStateException("no port of " + address + " can be bound for " + listener.arn());
    for (int port : ports.candidates(address, listener.port())) {
      HttpServer server =
          vertx
              .createHttpServer(options)
              .requestHandler(requests)
              .connectionHandler(connections)
              .exceptionHandler(gone -> {});
      try {
        done(server.listen(port, address));
        ports.bound(address, listener.port(), server.actualPort());
        return server;
      } catch (IllegalStateException e) {
        none.addSuppressed(e);
      }
    }
    throw none;
  }

  private HttpServerOptions options(LoadBalancer balancer, Listener listener, Set<String> hosts) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(HEADER_BYTES)
            .setMaxInitialLineLength(16_384)
            .setHandle100ContinueAutomatically(true)
            .setTcpNoDelay(true)
            .setHttp2ClearTextEnabled(false) // no upgrade to h2c, as on AWS
            // A target that is too slow is answered with 504 first.
            .setIdleTimeout(
                2 + Integer.parseInt(balancer.attribute("idle_timeout.timeout_seconds")))
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    if (listener.tls()) {
      options.setSsl(true).setUseAlpn(false).setKeyCertOptions(certificate(balancer, hosts));
    }
    return options;
  }

  /** Shows a certificate for other names from now on; connections stay. */
  void rename(HttpServer server, LoadBalancer balancer, Set<String> hosts) {
    done(server.updateSSLOptions(new SSLOptions().setKeyCertOptions(certificate(balancer, hosts))));
  }

  /** Nothing plays ACM: a certificate fits the load balancer and the hosts that rules name. */
  private PemKeyCertOptions certificate(LoadBalancer balancer, Set<String> hosts) {
    List<String> names = new ArrayList<>();
    names.add(balancer.dnsName());
    names.add(Vpc.loopback(balancer.address()).getHostAddress());
    names.add("localhost");
    hosts.stream().filter(PLAIN_OR_WILDCARD.asMatchPredicate()).forEach(names::add);
    KeyAndCertificate pair = ca.server(names);
    return new PemKeyCertOptions()
        .setKeyValue(Buffer.buffer(pair.keyPem()))
        .setCertValue(Buffer.buffer(pair.certificatePem()));
  }

  /** Closes a listener and its connections; a socket that is slow to close holds nobody up. */
  void close(HttpServer server) {
    try {
      done(server.close());
    } catch (IllegalStateException e) {
      LOG.log(Logger.Level.WARNING, "a listener did not close in time", e);
    }
  }

  /** Forgets the ports of a load balancer that is gone. */
  void forget(LoadBalancer balancer) {
    ports.forget(Vpc.loopback(balancer.address()).getHostAddress());
  }

  private static void done(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
