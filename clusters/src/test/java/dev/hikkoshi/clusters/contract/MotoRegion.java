package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.clusters.testing.PythonTools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Subnet;

/** moto's server: wire formats of AWS that nobody here wrote, with nothing behind them. */
final class MotoRegion implements AutoCloseable {

  /** What moto plays otherwise than AWS; seen with 5.2.5. */
  static final Map<Trait, String> LACKING =
      Map.of(
          Trait.STRICT_BATCHES,
              "moto takes any weight, keeps the first half of a bad batch and doubles records",
          Trait.PROPAGATION, "moto's changes are INSYNC at once",
          Trait.ANSWERS, "moto has no name server",
          Trait.HEALTH, "moto's targets are always healthy",
          Trait.LETTING_GO, "moto's groups keep a load balancer whose rules let them go",
          Trait.REQUESTS, "moto's load balancers carry no requests");

  private static final List<String> MOTO = List.of("moto[server]==5.2.5", "boto3==1.44.5");

  final AwsRegion region;
  final List<String> subnets = new ArrayList<>();

  MotoRegion() throws IOException, InterruptedException {
    Path bin = PythonTools.orSkip("moto", MOTO);
    int port = freePort();
    Process server =
        new ProcessBuilder(
                bin.resolve("moto_server").toString(), "-H", "127.0.0.1", "-p", "" + port)
            .redirectErrorStream(true)
            .redirectOutput(Path.of("target", "moto.log").toFile())
            .start();
    try {
      awaitOpen(server, port);
      URI endpoint = URI.create("http://127.0.0.1:" + port);
      region =
          new AwsRegion(
              "moto", endpoint, Map.entry("AKIAMOTO000000000000", "secret"), () -> end(server));
      try (UrlConnectionHttpClient http =
              (UrlConnectionHttpClient) UrlConnectionHttpClient.create();
          Ec2Client ec2 =
              Ec2Client.builder()
                  .httpClient(http)
                  .endpointOverride(endpoint)
                  .region(Region.AP_NORTHEAST_1)
                  .credentialsProvider(SystemPropertyCredentialsProvider.create())
                  .build()) {
        ec2.describeSubnets().subnets().stream()
            .map(Subnet::subnetId)
            .limit(2)
            .forEach(subnets::add);
      }
    } catch (RuntimeException | IOException e) {
      end(server);
      throw e;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitOpen(Process server, int port) {
    Awaitility.await("moto's port")
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              if (!server.isAlive()) {
                throw new IllegalStateException("moto ended; see target/moto.log");
              }
              try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
              } catch (IOException _) {
                return false;
              }
            });
  }

  private static void end(Process server) throws InterruptedException {
    server.destroy();
    if (!server.waitFor(5, TimeUnit.SECONDS)) {
      server.destroyForcibly().waitFor();
    }
  }

  /** Targets are addresses that nobody asks. */
  static AwsBalancerWorld.Traffic traffic() {
    return new AwsBalancerWorld.Traffic() {
      @Override
      public String target(String cluster) {
        return cluster.equals("old") ? "172.31.0.10" : "172.31.0.11";
      }

      @Override
      public void send(String balancer, String host, int requests) {
        throw new UnsupportedOperationException("moto carries no requests");
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Override
  public void close() {
    region.close();
  }
}
