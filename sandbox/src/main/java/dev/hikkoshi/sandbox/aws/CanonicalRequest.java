package dev.hikkoshi.sandbox.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The text that AWS Signature Version 4 signs, and the arithmetic of signing it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">
 *     Create a signed AWS API request</a>
 */
final class CanonicalRequest {

  private static final HexFormat HEX = HexFormat.of();
  private static final String UNRESERVED = "-_.~";

  private CanonicalRequest() {}

  /**
   * Builds the canonical request.
   *
   * @param signedHeaders lower-case names in the order of the signature
   * @param payloadHash what stands in the last line
   */
  static String of(RawRequest request, List<String> signedHeaders, String payloadHash) {
    StringBuilder out = new StringBuilder(512);
    out.append(request.method()).append('\n');
    out.append(path(request.path())).append('\n');
    out.append(query(request.query())).append('\n');
    for (String name : signedHeaders) {
      List<String> values = request.headers().getOrDefault(name, List.of());
      String joined =
          values.stream()
              .map(value -> value.strip().replaceAll(" +", " "))
              .collect(Collectors.joining(","));
      out.append(name).append(':').append(joined).append('\n');
    }
    out.append('\n').append(String.join(";", signedHeaders)).append('\n').append(payloadHash);
    return out.toString();
  }

  /** What is signed: algorithm, time, scope, hash of the canonical request. */
  static String toSign(String amzDate, String scope, String canonical) {
    byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
    return "AWS4-HMAC-SHA256\n" + amzDate + "\n" + scope + "\n" + sha256(bytes);
  }

  static String signature(String secretKey, SigningScope scope, String toSign) {
    byte[] key = hmac(("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8), scope.date());
    key = hmac(hmac(hmac(key, scope.region()), scope.service()), "aws4_request");
    return HEX.formatHex(hmac(key, toSign));
  }

  static String sha256(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Each service but S3 encodes the path, already encoded, once more. */
  private static String path(String path) {
    return path.isEmpty() ? "/" : encoded(path, "/");
  }

  private static String query(String query) {
    if (query.isEmpty()) {
      return "";
    }
    List<Map.Entry<String, String>> pairs = new ArrayList<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!name.equals("X-Amz-Signature")) {
        pairs.add(Map.entry(encoded(name, ""), encoded(value, "")));
      }
    }
    return pairs.stream()
        .sorted(
            Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
        .map(pair -> pair.getKey() + "=" + pair.getValue())
        .collect(Collectors.joining("&"));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AwsException(400, "MalformedQueryString", "not percent-encoded: " + text);
    }
  }

  private static String encoded(String text, String alsoKept) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      if (plain || alsoKept.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return out.toString();
  }
}
