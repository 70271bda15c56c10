package dev.hikkoshi.sandbox.aws;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks AWS Signature Version 4, in the {@code Authorization} header or in the query string
 * ("presigned"). Refuses as AWS's query services do; services of other protocols translate the
 * codes.
 */
public final class SignatureV4 {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final Duration SKEW = Duration.ofMinutes(5);
  private static final long LONGEST_PRESIGNED = Duration.ofDays(7).toSeconds();
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Identities identities;
  private final InstantSource clock;

  /** Checks against these keys and this clock. */
  public SignatureV4(Identities identities, InstantSource clock) {
    this.identities = identities;
    this.clock = clock;
  }

  /**
   * Who signed, and for what.
   *
   * @param identity whose key it was
   * @param service the signing name of the credential scope
   * @param region the region of the credential scope
   * @param signedAt the time in the signature
   */
  public record Signer(
      Identities.Identity identity, String service, String region, Instant signedAt) {}

  private record Claim(
      SigningScope scope,
      List<String> signedHeaders,
      String signature,
      String amzDate,
      @Nullable String token,
      long validSeconds) {}

  /** The signing name that the request claims, before anything is checked; empty for none. */
  public static String claimedService(RawRequest request) {
    try {
      return claim(request).scope().service();
    } catch (AwsException e) {
      return "";
    }
  }

  /**
   * Checks the signature.
   *
   * @throws AwsException {@code MissingAuthenticationToken}, {@code IncompleteSignature}, {@code
   *     InvalidClientTokenId}, {@code SignatureDoesNotMatch}, {@code ExpiredToken}
   */
  public Signer check(RawRequest request) {
    Claim claim = claim(request);
    return check(request, claim, validFor(claim));
  }

  /**
   * Checks a presigned request that is used as a token: its life is counted from the time in the
   * signature, whatever it says of its own expiry.
   *
   * @throws AwsException as {@link #check}
   */
  public Signer checkToken(RawRequest request, Duration life) {
    Claim claim = claim(request);
    if (claim.validSeconds() < 1 || claim.validSeconds() > life.toSeconds()) {
      throw incomplete("'X-Amz-Expires' between 1 and " + life.toSeconds());
    }
    return check(request, claim, life);
  }

  private static Duration validFor(Claim claim) {
    return claim.validSeconds() > 0 ? Duration.ofSeconds(claim.validSeconds()) : SKEW;
  }

  private Signer check(RawRequest request, Claim claim, Duration valid) {
    Identities.Identity identity =
        identities
            .byAccessKey(claim.scope().accessKeyId())
            .orElseThrow(
                () ->
                    new AwsException(
                        403,
                        "InvalidClientTokenId",
                        "The security token included in the request is invalid."));
    checkToken(identity, claim);
    Instant signedAt = checkTime(claim, valid);
    if (!claim.signedHeaders().contains("host")) {
      throw new AwsException(403, "SignatureDoesNotMatch", "'Host' must be a signed header.");
    }
    String canonical = CanonicalRequest.of(request, claim.signedHeaders(), payloadHash(request));
    String toSign = CanonicalRequest.toSign(claim.amzDate(), claim.scope().text(), canonical);
    String expected = CanonicalRequest.signature(identity.secretKey(), claim.scope(), toSign);
    if (!MessageDigest.isEqual(ascii(expected), ascii(claim.signature()))) {
      throw new AwsException(
          403,
          "SignatureDoesNotMatch",
          "The request signature we calculated does not match the signature you provided. Check your"
              + " AWS Secret Access Key and signing method. The Canonical String for this request"
              + " should have been\n'"
              + canonical.replaceAll("(?i)(x-amz-security-token[:=])[^\n&]*", "$1...")
              + "'");
    }
    return new Signer(identity, claim.scope().service(), claim.scope().region(), signedAt);
  }

  private static String payloadHash(RawRequest request) {
    // Clients that stream over TLS say UNSIGNED-PAYLOAD; what they say is itself signed.
    return request
        .header("x-amz-content-sha256")
        .filter("UNSIGNED-PAYLOAD"::equals)
        .orElseGet(() -> CanonicalRequest.sha256(request.body()));
  }

  private void checkToken(Identities.Identity identity, Claim claim) {
    String expected = identity.sessionToken();
    String sent = claim.token();
    boolean same =
        expected == null
            ? sent == null
            : sent != null && MessageDigest.isEqual(ascii(expected), ascii(sent));
    if (!same) {
      throw new AwsException(
          403, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }
    if (identity.expiresAt() > 0 && clock.instant().getEpochSecond() >= identity.expiresAt()) {
      throw new AwsException(
          403, "ExpiredToken", "The security token included in the request is expired");
    }
  }

  private Instant checkTime(Claim claim, Duration valid) {
    Instant signedAt;
    try {
      signedAt = Instant.from(AMZ_DATE.parse(claim.amzDate()));
    } catch (DateTimeException e) {
      throw new AwsException(
          400,
          "IncompleteSignature",
          "Date must be in ISO-8601 'basic format'. Got '" + claim.amzDate() + "'.");
    }
    if (!claim.amzDate().startsWith(claim.scope().date())) {
      throw new AwsException(
          403,
          "SignatureDoesNotMatch",
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP:"
              + " '%s' != '%s'.".formatted(claim.scope().date(), claim.amzDate().substring(0, 8)));
    }
    Instant now = clock.instant();
    if (now.isAfter(signedAt.plus(valid))) {
      throw new AwsException(
          403,
          "SignatureDoesNotMatch",
          "Signature expired: %s is now earlier than %s (%s - %d sec.)"
              .formatted(
                  claim.amzDate(),
                  AMZ_DATE.format(now.minus(valid)),
                  AMZ_DATE.format(now),
                  valid.toSeconds()));
    }
    if (signedAt.isAfter(now.plus(SKEW))) {
      throw new AwsException(
          403,
          "SignatureDoesNotMatch",
          "Signature not yet current: %s is still later than %s (%s + 5 min.)"
              .formatted(claim.amzDate(), AMZ_DATE.format(now.plus(SKEW)), AMZ_DATE.format(now)));
    }
    return signedAt;
  }

  private static Claim claim(RawRequest request) {
    String header = request.header("authorization").orElse("");
    if (!header.isEmpty()) {
      return headerClaim(request, header);
    }
    Map<String, String> query = query(request.query());
    if (query.containsKey("X-Amz-Signature")) {
      return presignedClaim(query);
    }
    throw new AwsException(
        403, "MissingAuthenticationToken", "Request is missing Authentication Token");
  }

  private static Claim headerClaim(RawRequest request, String header) {
    if (!header.startsWith(ALGORITHM + " ")) {
      throw new AwsException(
          400, "IncompleteSignature", "The sandbox knows " + ALGORITHM + " and nothing else.");
    }
    Map<String, String> parts = new HashMap<>();
    for (String part : header.substring(ALGORITHM.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parts.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    String date = request.header("x-amz-date").orElseThrow(() -> incomplete("'X-Amz-Date' header"));
    return new Claim(
        SigningScope.parse(need(parts, "Credential")),
        List.of(need(parts, "SignedHeaders").split(";", -1)),
        need(parts, "Signature"),
        date,
        request.header("x-amz-security-token").orElse(null),
        0);
  }

  private static Claim presignedClaim(Map<String, String> query) {
    if (!ALGORITHM.equals(query.get("X-Amz-Algorithm"))) {
      throw incomplete("'X-Amz-Algorithm' of " + ALGORITHM);
    }
    long seconds;
    try {
      seconds = Long.parseLong(need(query, "X-Amz-Expires"));
    } catch (NumberFormatException e) {
      throw incomplete("a number in 'X-Amz-Expires'");
    }
    if (seconds < 1 || seconds > LONGEST_PRESIGNED) {
      throw incomplete("'X-Amz-Expires' between 1 and " + LONGEST_PRESIGNED);
    }
    return new Claim(
        SigningScope.parse(need(query, "X-Amz-Credential")),
        List.of(need(query, "X-Amz-SignedHeaders").split(";", -1)),
        need(query, "X-Amz-Signature"),
        need(query, "X-Amz-Date"),
        query.get("X-Amz-Security-Token"),
        seconds);
  }

  private static String need(Map<String, String> parts, String name) {
    String value = parts.get(name);
    if (value == null || value.isEmpty()) {
      throw incomplete("'" + name + "' parameter");
    }
    return value;
  }

  private static AwsException incomplete(String what) {
    return new AwsException(
        400, "IncompleteSignature", "Authorization header requires " + what + ".");
  }

  private static Map<String, String> query(String query) {
    Map<String, String> all = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.startsWith("X-Amz-")) {
        String value = pair.substring(equals + 1);
        try {
          all.put(pair.substring(0, equals), URLDecoder.decode(value, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
          throw incomplete("percent-encoding of '" + pair.substring(0, equals) + "'");
        }
      }
    }
    return all;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
