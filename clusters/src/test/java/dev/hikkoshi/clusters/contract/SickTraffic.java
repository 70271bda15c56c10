package dev.hikkoshi.clusters.contract;

import com.sun.net.httpserver.HttpServer;
import dev.hikkoshi.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Targets of which one is sick: it answers slowly, and every fifth request with 500. What users got
 * is counted where they are, so health checks are not among it.
 */
final class SickTraffic implements AwsBalancerWorld.Traffic {

  static final String SICK = "sick";
  static final Duration SLOW = Duration.ofMillis(20);

  private static final AtomicInteger ADDRESS = new AtomicInteger();

  private final Sandbox sandbox;
  private final List<HttpServer> servers = new ArrayList<>();
  private final Map<String, Integer> answers = new HashMap<>();
  private int errors;

  SickTraffic(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  @Override
  public String target(String cluster) {
    String host = "199.8." + ADDRESS.incrementAndGet();
    AtomicInteger asked = new AtomicInteger();
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress("127." + host, 8080), 0);
      byte[] body = cluster.getBytes(StandardCharsets.UTF_8);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/",
          exchange -> {
            // Health checks have no such header, so that the target stays healthy.
            boolean user = exchange.getRequestHeaders().containsKey("X-User");
            boolean error = user && cluster.equals(SICK) && asked.incrementAndGet() % 5 == 0;
            if (user && cluster.equals(SICK)) {
              pause();
            }
            exchange.sendResponseHeaders(error ? 500 : 200, body.length);
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

  private static void pause() {
    try {
      Thread.sleep(SLOW);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void send(String balancer, String host, int requests) {
    send(balancer, host, "/", requests);
  }

  void sendTo(AwsBalancerWorld world, String path, int requests) {
    send(world.rule().loadBalancer(), "api.example.com", path, requests);
  }

  /** Whether users have met both sides: every target that has weight is healthy. */
  boolean bothAnswer(AwsBalancerWorld world) {
    forget();
    world.send(20);
    return answers(SICK) > 0 && answers("good") > 0 && answers("") == 0;
  }

  private void send(String balancer, String host, String path, int requests) {
    InetSocketAddress door = door(balancer);
    for (int i = 0; i < requests; i++) {
      String request =
          "GET %s HTTP/1.1\r\nHost: %s\r\nX-User: 1\r\nConnection: close\r\n\r\n"
              .formatted(path, host);
      try (Socket socket = new Socket(door.getAddress(), door.getPort())) {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        count(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private InetSocketAddress door(String balancer) {
    String at =
        sandbox
            .summary()
            .at("/parts/elb/loadBalancers")
            .path(balancer)
            .at("/listeners/80")
            .asText();
    int colon = at.lastIndexOf(':');
    return new InetSocketAddress(at.substring(0, colon), Integer.parseInt(at.substring(colon + 1)));
  }

  private void count(String answer) {
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    String from = body.contains(SICK) ? SICK : body.contains("good") ? "good" : "";
    answers.merge(from, 1, Integer::sum);
    if (answer.startsWith("HTTP/1.1 500")) {
      errors++;
    }
  }

  /** Begins to count anew. */
  void forget() {
    answers.clear();
    errors = 0;
  }

  /** Answers of a target, of the load balancer itself for an empty name. */
  int answers(String cluster) {
    return answers.getOrDefault(cluster, 0);
  }

  /** Answers 500 of targets. */
  int errors() {
    return errors;
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
  }
}
