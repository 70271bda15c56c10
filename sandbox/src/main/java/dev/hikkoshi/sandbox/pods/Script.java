package dev.hikkoshi.sandbox.pods;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.sandbox.state.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a pod misbehaves, as its annotation {@value #ANNOTATION} says.
 *
 * @param readyAfter from the container's start until it answers anything but 503
 * @param neverReady whether it answers 503 for ever
 * @param latency added to each answer
 * @param errors share of requests that are answered with 500, 0 to 1
 * @param errorsAboveRps errors only while the pod gets more requests a second than this
 * @param errorsFrom no errors before that time; null for no such bound
 * @param throttleAfter from the container's start until its disk is throttled; null for never
 * @param throttledRps answers a second that a throttled disk allows
 * @param startFails whether the container ends with code 1 at once
 * @param runFor how long the container runs; null where its command decides
 * @param exitCode the code it ends with after {@code runFor}
 */
record Script(
    Duration readyAfter,
    boolean neverReady,
    Duration latency,
    double errors,
    double errorsAboveRps,
    @Nullable Instant errorsFrom,
    @Nullable Duration throttleAfter,
    double throttledRps,
    boolean startFails,
    @Nullable Duration runFor,
    int exitCode) {

  static final String ANNOTATION = "hikkoshi.dev/sandbox";
  static final Script NONE =
      new Script(Duration.ZERO, false, Duration.ZERO, 0, 0, null, null, 20, false, null, 0);

  private static final JsonMapper JSON = Json.mapper();
  private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m|h)");
  private static final int LONGEST_LATENCY = 600_000;

  /** The annotation as it is written; members that are left out are null. */
  private record Written(
      @JsonProperty("readyAfter") @Nullable String readyAfter,
      @JsonProperty("neverReady") @Nullable Boolean neverReady,
      @JsonProperty("latencyMillis") @Nullable Integer latencyMillis,
      @JsonProperty("errors") @Nullable Double errors,
      @JsonProperty("errorsAboveRps") @Nullable Double errorsAboveRps,
      @JsonProperty("errorsFrom") @Nullable String errorsFrom,
      @JsonProperty("throttleAfter") @Nullable String throttleAfter,
      @JsonProperty("throttledRps") @Nullable Double throttledRps,
      @JsonProperty("startFails") @Nullable Boolean startFails,
      @JsonProperty("runFor") @Nullable String runFor,
      @JsonProperty("exitCode") @Nullable Integer exitCode) {}

  /**
   * Reads the script out of a pod's annotations.
   *
   * @throws IllegalArgumentException where it is not what a script can be; the message says why
   */
  static Script of(Map<String, String> annotations) {
    String text = annotations.get(ANNOTATION);
    if (text == null || text.isBlank()) {
      return NONE;
    }
    Written written;
    try {
      written = JSON.readValue(text, Written.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "annotation %s: %s".formatted(ANNOTATION, e.getOriginalMessage()), e);
    }
    return new Script(
        or(duration("readyAfter", written.readyAfter()), NONE.readyAfter),
        Boolean.TRUE.equals(written.neverReady()),
        Duration.ofMillis(
            (long) range("latencyMillis", or(written.latencyMillis(), 0), 0, LONGEST_LATENCY)),
        range("errors", or(written.errors(), NONE.errors), 0, 1),
        range("errorsAboveRps", or(written.errorsAboveRps(), NONE.errorsAboveRps), 0, 1e6),
        instant("errorsFrom", written.errorsFrom()),
        duration("throttleAfter", written.throttleAfter()),
        range("throttledRps", or(written.throttledRps(), NONE.throttledRps), 0.1, 1e6),
        Boolean.TRUE.equals(written.startFails()),
        duration("runFor", written.runFor()),
        (int) range("exitCode", or(written.exitCode(), 0), 0, 255));
  }

  private static <T> T or(@Nullable T value, T usual) {
    return value == null ? usual : value;
  }

  private static double range(String key, Number value, double least, double most) {
    double number = value.doubleValue();
    if (!(number >= least && number <= most)) {
      throw new IllegalArgumentException(
          "annotation %s: %s must be between %s and %s, not %s"
              .formatted(ANNOTATION, key, least, most, value));
    }
    return number;
  }

  private static @Nullable Instant instant(String key, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "annotation %s: %s must be a time such as 2026-11-25T09:30:00Z, not '%s'"
              .formatted(ANNOTATION, key, text),
          e);
    }
  }

  private static @Nullable Duration duration(String key, @Nullable String text) {
    if (text == null) {
      return null;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "annotation %s: %s must be a time such as 500ms, 2s, 30m or 1h, not '%s'"
              .formatted(ANNOTATION, key, text));
    }
    long count = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }
}
