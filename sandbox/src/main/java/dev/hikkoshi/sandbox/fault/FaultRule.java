package dev.hikkoshi.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule of the fault script. As JSON: {@code {"service": "eks", "operation": "Create*", "skip": 1,
 * "count": 2, "effect": "error-after"}}.
 *
 * @param service signing name; {@code *} for all
 * @param operation operation, may end in {@code *}
 * @param skip how many matching calls pass first
 * @param count how often the rule applies, then it is spent; 0 for always
 * @param probability chance of each matching call after those skipped, in (0, 1]
 * @param seed of the chance
 * @param effect what happens
 * @param millis for {@link Effect#SLOW}
 */
public record FaultRule(
    String service,
    String operation,
    int skip,
    int count,
    double probability,
    long seed,
    Effect effect,
    long millis) {

  /** What happens to a call. */
  public enum Effect {
    /** Refused with the service's throttling error; not done. */
    THROTTLE,
    /** Answered with 500; not done. */
    ERROR_BEFORE,
    /** Done, then answered with 500. */
    ERROR_AFTER,
    /** Done, then the connection is closed without an answer. */
    LOST,
    /** The connection is closed; not done. */
    CUT,
    /** Done after a wait. */
    SLOW,
    /** Not read: the answer of the previous call that asked the same; writes are done as ever. */
    STALE;

    /** The name as written in rules. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Effect of(String text) {
      return Arrays.stream(values())
          .filter(effect -> effect.text().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "effect '%s' is none of: %s"
                          .formatted(
                              text,
                              Arrays.stream(values())
                                  .map(Effect::text)
                                  .collect(Collectors.joining(", ")))));
    }
  }

  public FaultRule {
    if (skip < 0 || count < 0 || millis < 0 || millis > 600_000) {
      throw new IllegalArgumentException(
          "skip and count must not be negative, millis between 0 and 600000");
    }
    if (!(probability > 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be above 0 and at most 1");
    }
  }

  /** Reads a rule as people write it: what is left out matches all, applies once and always. */
  @JsonCreator
  public static FaultRule of(
      @JsonProperty("service") @Nullable String service,
      @JsonProperty("operation") @Nullable String operation,
      @JsonProperty("skip") @Nullable Integer skip,
      @JsonProperty("count") @Nullable Integer count,
      @JsonProperty("probability") @Nullable Double probability,
      @JsonProperty("seed") @Nullable Long seed,
      @JsonProperty(value = "effect", required = true) String effect,
      @JsonProperty("millis") @Nullable Long millis) {
    return new FaultRule(
        service == null ? "*" : service,
        operation == null ? "*" : operation,
        skip == null ? 0 : skip,
        count == null ? 1 : count,
        probability == null ? 1 : probability,
        seed == null ? 1 : seed,
        Effect.of(effect),
        millis == null ? 1_000 : millis);
  }

  boolean matches(String calledService, String calledOperation) {
    return fits(service, calledService) && fits(operation, calledOperation);
  }

  private static boolean fits(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
