package dev.hikkoshi.sandbox.cluster;

import dev.hikkoshi.sandbox.state.PrivateFiles;
import dev.hikkoshi.sandbox.tls.CertificateAuthority;
import dev.hikkoshi.sandbox.tls.KeyAndCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files of one control plane: certificates and keys, made once; configuration, written at each
 * start, because the front's port or the state directory may have changed.
 */
final class ClusterFiles {

  /** The longest path of a unix socket on Linux, with its end, is 108 bytes; on macOS 104. */
  private static final int LONGEST_SOCKET = 100;

  private final Path directory;

  ClusterFiles(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  Path log(String process) {
    return directory.resolve(process + ".log");
  }

  Path kubeconfig() {
    return directory.resolve("kubeconfig.yaml");
  }

  Path audit() {
    return directory.resolve("audit.log");
  }

  String caPem() throws IOException {
    return Files.readString(file("ca.pem"));
  }

  /** A place for the socket that is short enough. */
  Path egressSocket() throws IOException {
    Path here = file("egress.sock").toAbsolutePath();
    if (here.toString().length() <= LONGEST_SOCKET) {
      return here;
    }
    return Files.createTempDirectory("hk").resolve("egress.sock");
  }

  /** Makes the certificates, if they are not there. */
  void certificates(PlaneSpec spec, String endpoint, InstantSource clock) throws IOException {
    PrivateFiles.directory(directory);
    if (Files.exists(kubeconfig())) {
      return;
    }
    CertificateAuthority ca = CertificateAuthority.create(spec.name(), clock);
    write("ca", ca.keyAndCertificate());
    String service = spec.serviceCidr().replaceFirst("\\.\\d+/\\d+$", ".1");
    write(
        "server",
        ca.server(
            List.of(
                "kubernetes",
                "kubernetes.default",
                "kubernetes.default.svc",
                "kubernetes.default.svc.cluster.local",
                "localhost",
                "127.0.0.1",
                service)));
    write("service-accounts", ca.client("service-accounts", List.of()));
    KeyAndCertificate admin = ca.client("sandbox-admin", List.of("system:masters"));
    // Last: its presence says that all the others are there.
    Path fresh = file("kubeconfig.new");
    PrivateFiles.write(fresh, Kubeconfig.of(spec.name(), endpoint, ca.certificatePem(), admin));
    Files.move(fresh, kubeconfig(), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private void write(String name, KeyAndCertificate pair) throws IOException {
    PrivateFiles.write(file(name + ".pem"), pair.certificatePem());
    PrivateFiles.write(file(name + "-key.pem"), pair.keyPem());
  }

  /**
   * Writes what the API server is told about its way out and about tokens. Webhooks that are named
   * by a URL go out as {@code controlplane}, as the question about tokens does; only those named by
   * a service go out as {@code cluster}.
   */
  void configuration(Path egressSocket, String tokenUrl) throws IOException {
    PrivateFiles.write(
        file("egress.yaml"),
        """
        apiVersion: apiserver.k8s.io/v1beta1
        kind: EgressSelectorConfiguration
        egressSelections:
        - name: cluster
          connection:
            proxyProtocol: HTTPConnect
            transport: {uds: {udsName: "%1$s"}}
        - name: controlplane
          connection:
            proxyProtocol: HTTPConnect
            transport: {uds: {udsName: "%1$s"}}
        - name: etcd
          connection: {proxyProtocol: Direct}
        """
            .formatted(egressSocket));
    PrivateFiles.write(
        file("tokens.yaml"),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: eks
          cluster: {server: "%s"}
        users:
        - name: api-server
          user: {}
        contexts:
        - name: eks
          context: {cluster: eks, user: api-server}
        current-context: eks
        """
            .formatted(tokenUrl));
    PrivateFiles.write(
        file("audit-policy.yaml"),
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: None
          verbs: [get, list, watch]
        - level: Metadata
        """);
    PrivateFiles.write(file("stages.yaml"), stages());
  }

  /** Without stages for pods kwok leaves them alone: the region's part {@code pods} plays them. */
  private static byte[] stages() throws IOException {
    try (InputStream in = ClusterFiles.class.getResourceAsStream("node-stages.yaml")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  /** Deletes all of it. */
  void delete() throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
