package dev.hikkoshi.controller.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret that a forge and we share. GitHub and Gitea sign the body with HMAC-SHA-256; GitLab
 * sends the secret itself. Compared in constant time.
 */
final class WebhookSecret {

  private static final int LARGEST = 4_096;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] secret;

  private WebhookSecret(byte[] secret) {
    this.secret = secret;
  }

  /**
   * Read at each hint, so that it may be rotated; a line end at its end does not count.
   *
   * @throws IOException when the file cannot be read, is empty or larger than 4 KiB
   */
  static WebhookSecret read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException("the webhook's secret is larger than " + LARGEST + " bytes");
    }
    String text = Files.readString(file).stripTrailing();
    if (text.isEmpty()) {
      throw new IOException("the webhook's secret is empty");
    }
    return new WebhookSecret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether the sender knows the secret. */
  boolean signed(byte[] body, HeaderOf header) {
    String hex = "";
    String github = header.apply("X-Hub-Signature-256");
    String gitea = header.apply("X-Gitea-Signature");
    if (github != null && github.startsWith("sha256=")) {
      hex = github.substring("sha256=".length());
    } else if (gitea != null) {
      hex = gitea;
    }
    if (!hex.isEmpty()) {
      return same(HexFormat.of().formatHex(mac(body)), hex);
    }
    String gitlab = header.apply("X-Gitlab-Token");
    return gitlab != null && same(new String(secret, StandardCharsets.UTF_8), gitlab);
  }

  /** A header's value; null when the request has none. */
  @FunctionalInterface
  interface HeaderOf {
    @Nullable String apply(String name);
  }

  private static boolean same(String ours, String theirs) {
    return MessageDigest.isEqual(
        ours.getBytes(StandardCharsets.UTF_8), theirs.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] mac(byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
