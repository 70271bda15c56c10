package dev.hikkoshi.demo.stage;

import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.sandbox.net.Ports;
import dev.hikkoshi.sandbox.process.Child;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The controller as it is shipped, in a process of its own. */
public final class ControllerProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(1);

  private final Child process;
  private final URI address;

  private ControllerProcess(Child process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Configuration that the demo gives.
   *
   * @param poll between two looks at the repository
   * @param lease of the leader
   */
  public record Settings(
      String repository,
      Duration poll,
      InetSocketAddress nameServer,
      Duration metricPeriod,
      Duration lease) {}

  /**
   * Starts it and waits until it is ready.
   *
   * @throws DemoException when it does not start; the message holds the end of its log
   */
  public static ControllerProcess start(
      Folders folders, Processes processes, LocalRegion region, Settings settings) {
    Path jar = folders.checkout().resolve("controller/target/quarkus-app/quarkus-run.jar");
    if (!Files.isRegularFile(jar)) {
      throw new DemoException(jar + " is missing; ./hikkoshi builds it");
    }
    int port = Ports.free();
    List<String> jvm = new ArrayList<>(properties(folders, settings));
    jvm.add("-Dquarkus.http.port=" + port);
    Child child =
        processes.start(
            new Processes.Spec(
                "controller",
                jvm,
                List.of("-jar", jar.toString()),
                region.environment("hikkoshi")));
    ControllerProcess controller =
        new ControllerProcess(child, URI.create("http://127.0.0.1:" + port));
    try {
      controller.awaitReady(folders);
      return controller;
    } catch (DemoException e) {
      controller.close();
      throw e;
    }
  }

  /** The controller's configuration as system properties. */
  public static List<String> properties(Folders folders, Settings settings) {
    InetSocketAddress dns = settings.nameServer();
    return List.of(
        "-Dhikkoshi.sources[0].name=environments",
        "-Dhikkoshi.sources[0].url=" + settings.repository(),
        "-Dhikkoshi.sources[0].branch=" + EnvironmentsRepository.BRANCH,
        "-Dhikkoshi.sources[0].poll=" + settings.poll(),
        "-Dhikkoshi.dns.servers=" + dns.getAddress().getHostAddress() + ":" + dns.getPort(),
        "-Dhikkoshi.metric-period=" + settings.metricPeriod(),
        "-Dhikkoshi.lease.duration=" + settings.lease(),
        "-Dhikkoshi.pass.interval=PT1S",
        "-Dhikkoshi.cache=" + folders.root().resolve("controller"));
  }

  private void awaitReady(Folders folders) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve("/q/health/ready"))
              .timeout(Duration.ofSeconds(2))
              .build();
      Waiting.until(
          "the controller",
          START,
          () -> {
            if (process.exit().isDone()) {
              throw new DemoException("the controller ended:\n" + folders.tail("controller"));
            }
            return ready(http, request);
          });
    }
  }

  private static boolean ready(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }

  /** Its health and metrics. */
  public URI address() {
    return address;
  }

  /** SIGKILL; returns when it is dead. */
  public void kill() {
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    process.exit().join();
  }

  @Override
  public void close() {
    process.stop(Processes.GRACE);
  }
}
