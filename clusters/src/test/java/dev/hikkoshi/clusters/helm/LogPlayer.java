package dev.hikkoshi.clusters.helm;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.Trees;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Plays the one thing of a kubelet that pods of hooks need here: what their containers printed. */
final class LogPlayer implements AutoCloseable {

  static final String NODE = "played";

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;

  /** Adds the node whose kubelet it is; every container there printed this text. */
  LogPlayer(KubeApi api, Path folder, String printed) throws IOException {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      this.server = HttpsServer.create(new InetSocketAddress(loopback, 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls(folder)));
    } catch (GeneralSecurityException | InterruptedException e) {
      throw new IOException(e);
    }
    byte[] body = printed.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/containerLogs/",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    node(api);
  }

  private void node(KubeApi api) {
    ObjectNode node = Trees.object().put("apiVersion", "v1").put("kind", "Node");
    node.putObject("metadata").put("name", NODE);
    api.create("/api/v1/nodes", "test", node);
    // The control plane's own controllers write to a new node too, so a write may come too late.
    await().ignoreExceptions().until(() -> address(api));
  }

  private boolean address(KubeApi api) {
    ObjectNode created = api.get("/api/v1/nodes/" + NODE).orElseThrow();
    ObjectNode status = created.putObject("status");
    status.putArray("addresses").addObject().put("type", "InternalIP").put("address", "127.0.0.1");
    status
        .putObject("daemonEndpoints")
        .putObject("kubeletEndpoint")
        .put("Port", server.getAddress().getPort());
    api.replace("/api/v1/nodes/" + NODE + "/status", "test", created);
    return true;
  }

  private static SSLContext tls(Path folder)
      throws IOException, GeneralSecurityException, InterruptedException {
    Files.createDirectories(folder);
    Path store = folder.resolve("kubelet.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "kubelet",
                "-keyalg",
                "EC",
                "-dname",
                "CN=played",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    try (InputStream said = keytool.getInputStream()) {
      said.readAllBytes();
    }
    if (!keytool.waitFor(2, TimeUnit.MINUTES)) {
      throw new IOException("keytool does not end");
    }
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
