package dev.hikkoshi.sandbox.cluster;

import dev.hikkoshi.sandbox.tls.KeyAndCertificate;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes kubeconfig files with everything in them. */
final class Kubeconfig {

  private Kubeconfig() {}

  static String of(String name, String endpoint, String caPem, KeyAndCertificate client) {
    return """
        apiVersion: v1
        kind: Config
        clusters:
        - name: %1$s
          cluster:
            server: %2$s
            certificate-authority-data: %3$s
        users:
        - name: %1$s-admin
          user:
            client-certificate-data: %4$s
            client-key-data: %5$s
        contexts:
        - name: %1$s
          context:
            cluster: %1$s
            user: %1$s-admin
        current-context: %1$s
        """
        .formatted(
            name,
            endpoint,
            base64(caPem),
            base64(client.certificatePem()),
            base64(client.keyPem()));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
