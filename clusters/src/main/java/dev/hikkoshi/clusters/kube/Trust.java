package dev.hikkoshi.clusters.kube;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** TLS towards one cluster. */
final class Trust {

  private Trust() {}

  /**
   * Trusts exactly the certificates of a PEM bundle, all of them: EKS serves two during a rotation.
   *
   * @throws KubeException when the text holds no certificate
   */
  static SSLContext in(String pem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int n = 0;
      CertificateFactory certificates = CertificateFactory.getInstance("X.509");
      for (Certificate authority :
          certificates.generateCertificates(
              new ByteArrayInputStream(pem.strip().getBytes(StandardCharsets.UTF_8)))) {
        store.setCertificateEntry("authority-" + n++, authority);
      }
      if (n == 0) {
        throw new KubeException(0, "BadAuthority", "the cluster's CA bundle holds no certificate");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new KubeException(
          0, "BadAuthority", "the cluster's CA bundle is not readable: " + e.getMessage());
    }
  }
}
