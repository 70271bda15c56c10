package dev.hikkoshi.clusters.contract;

import com.sun.net.httpserver.HttpServer;
import dev.hikkoshi.clusters.route53.DnsServers;
import dev.hikkoshi.sandbox.Sandbox;
import dev.hikkoshi.sandbox.SandboxOptions;
import dev.hikkoshi.sandbox.physics.Physics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A sandbox without clusters, and real targets on its loopback addresses. */
final class SandboxRegion implements AutoCloseable {

  static final List<String> SUBNETS =
      List.of("subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002");
  private static final AtomicInteger ADDRESS = new AtomicInteger();

  final Sandbox sandbox;
  final AwsRegion region;

  SandboxRegion(Path directory) throws IOException {
    sandbox = Sandbox.start(SandboxOptions.of(directory).withPort(0).withPhysics(Physics.fast()));
    var key = sandbox.keys().operator();
    region =
        new AwsRegion(
            "sandbox", sandbox.endpoint(), Map.entry(key.accessKeyId(), key.secretKey()), sandbox);
  }

  DnsServers servers() {
    return DnsServers.parse(
        List.of(sandbox.summary().path("parts").path("dns").path("address").asText()));
  }

  static Duration metricPeriod() {
    return Physics.fast().metricPeriod();
  }

  /** Targets are HTTP servers of the JDK on 127.199.x.y, which the sandbox knows as 10.199.x.y. */
  AwsBalancerWorld.Traffic traffic() {
    List<HttpServer> servers = new ArrayList<>();
    return new AwsBalancerWorld.Traffic() {
      @Override
      public String target(String cluster) {
        String host = "199.7." + ADDRESS.incrementAndGet();
        try {
          HttpServer server = HttpServer.create(new InetSocketAddress("127." + host, 8080), 0);
          byte[] body = cluster.getBytes(StandardCharsets.UTF_8);
          server.createContext(
              "/",
              exchange -> {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
              });
          server.start();
          servers.add(server);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return "10." + host;
      }

      @Override
      public void send(String balancer, String host, int requests) {
        String at =
            sandbox
                .summary()
                .path("parts")
                .path("elb")
                .path("loadBalancers")
                .path(balancer)
                .path("listeners")
                .path("80")
                .asText();
        int colon = at.indexOf(':');
        var address =
            new InetSocketAddress(
                at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)));
        for (int i = 0; i < requests; i++) {
          get(address, host);
        }
      }

      @Override
      public void close() {
        servers.forEach(server -> server.stop(0));
      }
    };
  }

  private static void get(InetSocketAddress address, String host) {
    String request = "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host);
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IllegalStateException("not 200: " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    region.close();
  }
}
