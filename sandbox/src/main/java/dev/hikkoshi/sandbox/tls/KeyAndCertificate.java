package dev.hikkoshi.sandbox.tls;

/**
 * A private key and its certificate.
 *
 * @param keyPem PKCS#8 in PEM
 * @param certificatePem the certificate in PEM, followed by its issuer's
 */
public record KeyAndCertificate(String keyPem, String certificatePem) {

  @Override
  public String toString() {
    return "KeyAndCertificate[...]";
  }
}
