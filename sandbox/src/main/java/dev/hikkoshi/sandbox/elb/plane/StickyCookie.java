package dev.hikkoshi.sandbox.elb.plane;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The cookie of group stickiness, {@code AWSALBTG}: it keeps a client with a group until it
 * expires, whatever the group's weight or health has become meanwhile ("Target group stickiness").
 */
final class StickyCookie {

  static final String NAME = "AWSALBTG";

  private StickyCookie() {}

  static String value(String groupArn, Instant until) {
    String text = until.getEpochSecond() + " " + groupArn;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The header that gives the cookie to a client. */
  static String header(String groupArn, Instant now, int seconds) {
    Instant until = now.plus(Duration.ofSeconds(seconds));
    return "%s=%s; Max-Age=%d; Path=/".formatted(NAME, value(groupArn, until), seconds);
  }

  /** The group that a cookie names; none where it has expired or is not ours. */
  static Optional<String> group(String value, Instant now) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8);
      int space = text.indexOf(' ');
      if (space < 0 || now.getEpochSecond() >= Long.parseLong(text.substring(0, space))) {
        return Optional.empty();
      }
      return Optional.of(text.substring(space + 1));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
