package dev.hikkoshi.demo.stage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.sandbox.SandboxMain;
import dev.hikkoshi.sandbox.net.Ports;
import dev.hikkoshi.sandbox.process.Child;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The sandbox in a process of its own, with fast physics and a management cluster. */
public final class LocalRegion implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);

  /** After a kill an API server is there again within so long, on any machine. */
  private static final Duration AGAIN = Duration.ofMinutes(1);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Folders folders;
  private final Child process;
  private final URI endpoint;
  private final Map<InetAddress, InetSocketAddress> doors = new ConcurrentHashMap<>();

  private LocalRegion(Folders folders, Child process, URI endpoint) {
    this.folders = folders;
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param physics a name of physics, or a file of them
   * @throws DemoException when it does not start; the message holds the end of its log
   */
  public static LocalRegion start(Folders folders, Processes processes, String physics) {
    int port = Ports.free();
    List<String> program =
        List.of(
            "-cp",
            Processes.classPath(),
            SandboxMain.class.getName(),
            "run",
            "--state",
            folders.sandbox().toString(),
            "--port",
            Integer.toString(port),
            "--physics",
            physics,
            "--management");
    Child child = processes.start(new Processes.Spec("sandbox", List.of(), program, Map.of()));
    LocalRegion region = new LocalRegion(folders, child, URI.create("http://127.0.0.1:" + port));
    try {
      Waiting.until("the sandbox", START, region::answers);
      return region;
    } catch (DemoException e) {
      region.close();
      throw e;
    }
  }

  private boolean answers() {
    if (process.exit().isDone()) {
      throw new DemoException("the sandbox ended:\n" + folders.tail("sandbox"));
    }
    try {
      return get("/_sandbox/ready").path("status").asText().equals("ok");
    } catch (IOException e) {
      return false;
    }
  }

  /** Where AWS clients go. */
  public URI endpoint() {
    return endpoint;
  }

  /** What a user's tools need to reach the region with this profile. */
  public Map<String, String> environment(String profile) {
    return Map.of(
        "AWS_CONFIG_FILE", folders.sandbox().resolve("config").toString(),
        "AWS_SHARED_CREDENTIALS_FILE", credentials().toString(),
        "AWS_PROFILE", profile,
        "AWS_REGION", "ap-northeast-1",
        "KUBECONFIG", managementKubeconfig().toString());
  }

  public Path credentials() {
    return folders.sandbox().resolve("credentials");
  }

  public Path managementKubeconfig() {
    return folders.sandbox().resolve("management.kubeconfig");
  }

  /** The sandbox's own summary of what is there. */
  public JsonNode state() {
    try {
      return get("/_sandbox/state");
    } catch (IOException e) {
      throw new DemoException("the sandbox does not answer: " + e.getMessage(), e);
    }
  }

  /**
   * All calls of an operation, oldest first, out of the file of the sandbox: what it answers from
   * memory are the newest 20,000 calls, fewer than those of a long campaign.
   */
  public List<JsonNode> calls(String operation) {
    String wanted = "\"operation\":\"" + operation + "\"";
    try (Stream<String> lines = Files.lines(folders.sandbox().resolve("calls.jsonl"))) {
      List<JsonNode> calls = new ArrayList<>();
      for (String line : lines.filter(l -> l.contains(wanted)).toList()) {
        calls.add(JSON.readTree(line));
      }
      return calls.stream().filter(c -> c.path("operation").asText().equals(operation)).toList();
    } catch (IOException e) {
      throw new DemoException("the sandbox's log of calls cannot be read", e);
    }
  }

  /** All calls after that one, of any operation, oldest first; only of the newest 20,000. */
  public List<JsonNode> callsAfter(long seq) {
    List<JsonNode> all = new ArrayList<>();
    long after = seq;
    while (true) {
      JsonNode page = page(after);
      if (page.isEmpty()) {
        return all;
      }
      page.forEach(all::add);
      after = all.getLast().path("seq").asLong();
    }
  }

  private JsonNode page(long after) {
    try {
      return get("/_sandbox/calls?after=" + after).path("calls");
    } catch (IOException e) {
      throw new DemoException("the sandbox does not answer: " + e.getMessage(), e);
    }
  }

  /** What EKS offers: versions of Kubernetes and of add-ons. */
  public JsonNode offers() {
    try {
      return get("/_sandbox/versions");
    } catch (IOException e) {
      throw new DemoException("the sandbox does not answer: " + e.getMessage(), e);
    }
  }

  /** From now on EKS offers this, in the form of {@link #offers}. */
  public void offer(JsonNode table) {
    try {
      send("/_sandbox/versions", "PUT", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(table)));
    } catch (IOException e) {
      throw new DemoException("the sandbox refused the versions: " + e.getMessage(), e);
    }
  }

  /** Adds a rule to the fault script, as the sandbox's README describes it. */
  public void fault(Map<String, Object> rule) {
    try {
      send("/_sandbox/faults", "POST", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(rule)));
    } catch (IOException e) {
      throw new DemoException("the sandbox refused the fault: " + e.getMessage(), e);
    }
  }

  /** Calls are answered as they should be again. */
  public void noFaults() {
    try {
      send("/_sandbox/faults", "DELETE", BodyPublishers.noBody());
    } catch (IOException e) {
      throw new DemoException("the sandbox does not answer: " + e.getMessage(), e);
    }
  }

  /**
   * SIGKILL to the API server of a cluster; the sandbox starts it again after a second. One that is
   * dead already is waited for.
   */
  public void killApiServer(String cluster) {
    String folder = folders.sandbox().resolve("clusters").resolve(cluster).toString() + "/";
    Waiting.until("an API server of " + cluster, AGAIN, () -> killedApiServer(folder));
  }

  private static boolean killedApiServer(String folder) {
    List<ProcessHandle> servers =
        ProcessHandle.allProcesses()
            .filter(
                p ->
                    p.info()
                        .commandLine()
                        .filter(line -> line.contains("kube-apiserver") && line.contains(folder))
                        .isPresent())
            .toList();
    servers.forEach(ProcessHandle::destroyForcibly);
    return !servers.isEmpty();
  }

  /** The authoritative name server. */
  public InetSocketAddress nameServer() {
    String address = state().at("/parts/dns/address").asText();
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }

  /**
   * Where port 80 of an address really is: on machines where low ports cannot be bound it is moved.
   */
  public InetSocketAddress door(InetAddress address) {
    return doors.computeIfAbsent(address, this::findDoor);
  }

  private InetSocketAddress findDoor(InetAddress address) {
    for (JsonNode balancer : state().at("/parts/elb/loadBalancers")) {
      String door = balancer.at("/listeners/80").asText();
      if (door.startsWith(address.getHostAddress() + ":")) {
        return new InetSocketAddress(
            address, Integer.parseInt(door.substring(door.lastIndexOf(':') + 1)));
      }
    }
    return new InetSocketAddress(address, 80);
  }

  private JsonNode get(String path) throws IOException {
    return send(path, "GET", BodyPublishers.noBody());
  }

  private JsonNode send(String path, String method, BodyPublisher body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .method(method, body)
            .build();
    try {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(path + ": " + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.stop(Processes.GRACE);
  }
}
