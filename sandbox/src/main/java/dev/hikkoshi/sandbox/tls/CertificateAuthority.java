package dev.hikkoshi.sandbox.tls;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A small authority with P-256 keys; what it issues is valid for ten years from an hour ago. */
public final class CertificateAuthority {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Duration BEFORE = Duration.ofHours(1);
  private static final Duration VALID = Duration.ofDays(3650);

  private final KeyAndCertificate own;
  private final PrivateKey key;
  private final X500Name name;
  private final InstantSource clock;

  private CertificateAuthority(
      KeyAndCertificate own, PrivateKey key, X500Name name, InstantSource clock) {
    this.own = own;
    this.key = key;
    this.name = name;
    this.clock = clock;
  }

  /** Makes a new authority of that common name. */
  public static CertificateAuthority create(String commonName, InstantSource clock) {
    try {
      KeyPair pair = newKey();
      X500Name name = new X500NameBuilder().addRDN(BCStyle.CN, commonName).build();
      var builder = builder(name, name, pair, clock.instant());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage,
          true,
          new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
      String certificate = pem(sign(builder, pair.getPrivate()));
      var own = new KeyAndCertificate(keyPem(pair.getPrivate()), certificate);
      return new CertificateAuthority(own, pair.getPrivate(), name, clock);
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("could not make a certificate authority", e);
    }
  }

  /**
   * Takes up an authority that was kept.
   *
   * @throws IllegalArgumentException where the PEM texts are none
   */
  public static CertificateAuthority of(KeyAndCertificate own, InstantSource clock) {
    try (var keys = new PEMParser(new StringReader(own.keyPem()));
        var certificates = new PEMParser(new StringReader(own.certificatePem()))) {
      if (!(keys.readObject() instanceof org.bouncycastle.asn1.pkcs.PrivateKeyInfo info)
          || !(certificates.readObject() instanceof X509CertificateHolder certificate)) {
        throw new IllegalArgumentException("not a PKCS#8 key and an X.509 certificate in PEM");
      }
      PrivateKey key = new JcaPEMKeyConverter().getPrivateKey(info);
      return new CertificateAuthority(own, key, certificate.getSubject(), clock);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a key and a certificate in PEM", e);
    }
  }

  /** The authority's certificate in PEM: what clients have to trust. */
  public String certificatePem() {
    return own.certificatePem();
  }

  /** The authority's key and certificate, to be kept in a file of mode 0600. */
  public KeyAndCertificate keyAndCertificate() {
    return own;
  }

  /**
   * A certificate for a server.
   *
   * @param names DNS names and IP addresses; the first becomes the common name
   */
  public KeyAndCertificate server(List<String> names) {
    X500Name subject = new X500NameBuilder().addRDN(BCStyle.CN, names.getFirst()).build();
    return issue(newKey(), subject, KeyPurposeId.id_kp_serverAuth, names);
  }

  /**
   * A certificate for a client of a Kubernetes API server. Its key is RSA: of the kinds of key that
   * every client library reads out of a kubeconfig it is the only one.
   *
   * @param user the common name
   * @param groups the organizations
   */
  public KeyAndCertificate client(String user, List<String> groups) {
    var subject = new X500NameBuilder().addRDN(BCStyle.CN, user);
    groups.forEach(group -> subject.addRDN(BCStyle.O, group));
    return issue(newRsaKey(), subject.build(), KeyPurposeId.id_kp_clientAuth, List.of());
  }

  private KeyAndCertificate issue(
      KeyPair pair, X500Name subject, KeyPurposeId purpose, List<String> names) {
    try {
      var builder = builder(name, subject, pair, clock.instant());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      if (!names.isEmpty()) {
        builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
      }
      String certificate = pem(sign(builder, key)) + own.certificatePem();
      return new KeyAndCertificate(keyPem(pair.getPrivate()), certificate);
    } catch (OperatorCreationException | IOException e) {
      throw new IllegalStateException("could not issue a certificate for " + subject, e);
    }
  }

  private static GeneralNames alternatives(List<String> names) {
    List<GeneralName> all = new ArrayList<>();
    for (String name : names) {
      boolean address = name.matches("[0-9.]+") || name.indexOf(':') >= 0;
      all.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, name));
    }
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newRsaKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, RANDOM);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair pair, Instant now) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(120, RANDOM),
        Date.from(now.minus(BEFORE)),
        Date.from(now.plus(VALID)),
        subject,
        pair.getPublic());
  }

  private static X509CertificateHolder sign(JcaX509v3CertificateBuilder builder, PrivateKey with)
      throws OperatorCreationException {
    return builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(with));
  }

  private static String keyPem(PrivateKey key) throws IOException {
    return pem(new JcaPKCS8Generator(key, null));
  }

  private static String pem(Object object) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }
}
