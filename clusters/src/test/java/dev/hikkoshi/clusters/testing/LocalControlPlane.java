package dev.hikkoshi.clusters.testing;

import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real API server over a real etcd, with the controllers where a test asks for them. There is no
 * kubelet: a test says itself what becomes of pods.
 */
public final class LocalControlPlane implements AutoCloseable {

  /** What a command printed, and how it ended. */
  public record Output(int exit, String text) {}

  private static final Toolbox TOOLBOX =
      Toolbox.standard(InstantSource.system(), ProgressListener.silent());
  private static final List<Tool> NEEDED =
      List.of(
          Tool.ETCD, Tool.KUBE_APISERVER, Tool.KUBE_CONTROLLER_MANAGER, Tool.KUBECTL, Tool.HELM);

  public static final String TOKEN = "test-token";

  private final Path folder;
  private String endpoint = "";
  private final List<Process> processes = new ArrayList<>();

  private LocalControlPlane(Path folder) {
    this.folder = folder;
  }

  /** The first tool that is not on this machine, if any. */
  public static Optional<Tool> missing() {
    return NEEDED.stream().filter(tool -> TOOLBOX.present(tool.pinned()).isEmpty()).findFirst();
  }

  public static LocalControlPlane start(Path folder) throws IOException {
    LocalControlPlane plane = new LocalControlPlane(folder);
    try {
      plane.startServers();
      return plane;
    } catch (IOException | RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  /** Also runs the controllers, so that Deployments make pods and owners take what they own. */
  public LocalControlPlane withControllers() throws IOException {
    spawn(
        Tool.KUBE_CONTROLLER_MANAGER,
        "--kubeconfig=" + folder.resolve("kubeconfig"),
        "--service-account-private-key-file=" + folder.resolve("sa.key"),
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=200",
        "--kube-api-burst=400");
    return this;
  }

  public String endpoint() {
    return endpoint;
  }

  /** What a client must trust. */
  public String authorities() throws IOException {
    return Files.readString(folder.resolve("certs/apiserver.crt"));
  }

  /** How kubectl and helm reach it. */
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  public Output kubectl(String input, String... arguments) {
    return run(Tool.KUBECTL, input, arguments);
  }

  public Output helm(String... arguments) {
    return run(Tool.HELM, "", arguments);
  }

  @Override
  public void close() {
    for (Process process : processes.reversed()) {
      process.destroyForcibly();
    }
    for (Process process : processes) {
      process.onExit().join();
    }
  }

  private void startServers() throws IOException {
    String etcd = "http://127.0.0.1:" + freePort();
    String peer = "http://127.0.0.1:" + freePort();
    int port = freePort();
    endpoint = "https://127.0.0.1:" + port;
    Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",admin,1,system:masters\n");
    Files.writeString(folder.resolve("sa.key"), privateKey());
    Files.writeString(folder.resolve("kubeconfig"), kubeconfig(port));
    spawn(
        Tool.ETCD,
        "--data-dir=" + folder.resolve("etcd"),
        "--listen-client-urls=" + etcd,
        "--advertise-client-urls=" + etcd,
        "--listen-peer-urls=" + peer,
        "--unsafe-no-fsync");
    spawn(
        Tool.KUBE_APISERVER,
        "--etcd-servers=" + etcd,
        "--secure-port=" + port,
        "--bind-address=127.0.0.1",
        "--advertise-address=127.0.0.1",
        "--endpoint-reconciler-type=none",
        "--cert-dir=" + folder.resolve("certs"),
        "--service-account-issuer=https://test.invalid",
        "--service-account-key-file=" + folder.resolve("sa.key"),
        "--service-account-signing-key-file=" + folder.resolve("sa.key"),
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--authorization-mode=RBAC",
        "--allow-privileged=true",
        "--service-cluster-ip-range=10.0.0.0/24");
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> kubectl("", "get", "--raw=/readyz").text().strip().equals("ok"));
  }

  private void spawn(Tool tool, String... arguments) throws IOException {
    ProcessBuilder builder = command(tool, arguments);
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(tool.binary() + ".log").toFile());
    processes.add(builder.start());
  }

  private Output run(Tool tool, String input, String... arguments) {
    ProcessBuilder builder = command(tool, arguments);
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
        stdin.write(input);
      }
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private ProcessBuilder command(Tool tool, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(TOOLBOX.present(tool.pinned()).orElseThrow().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
    return builder;
  }

  private static String kubeconfig(int port) {
    return """
        apiVersion: v1
        kind: Config
        current-context: test
        clusters:
        - name: test
          cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}
        users:
        - name: test
          user: {token: test-token}
        contexts:
        - name: test
          context: {cluster: test, user: test}
        """
        .formatted(port);
  }

  private static String privateKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
