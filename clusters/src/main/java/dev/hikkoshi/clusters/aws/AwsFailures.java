package dev.hikkoshi.clusters.aws;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Fence;
import dev.hikkoshi.environments.port.Outcome;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * What an exception of the SDK means. Only an answer of the service in the 400s says that a write
 * did not happen; a 500 or no answer says nothing.
 *
 * <p>Throttling is told by the SDK's own list of codes and by status 429: EKS declares the
 * exception class on few operations, and Route 53 throttles with status 400.
 */
public final class AwsFailures {

  /** Longer messages are cut: AWS's are sentences, a proxy's answer may be a page. */
  private static final int LONGEST = 500;

  /** What the SDK's chain says of the profile, without what the file has. */
  private static final Pattern PROFILE =
      Pattern.compile(
          "[ \\[]ProfileCredentialsProvider\\(.*?\\)\\): (.*?)(?:: ProfileFile\\(|, [A-Za-z]+CredentialsProvider\\(|]?$)");

  private static final int PROPAGATION = 428;

  private AwsFailures() {}

  /** A look whose failure is an unknown. */
  public static <T> Observation<T> look(String what, Supplier<Observation<T>> look) {
    try {
      return look.get();
    } catch (SdkException e) {
      return Observation.unknown(what, why(e));
    }
  }

  /** A write whose failure is an outcome. */
  public static Outcome write(Supplier<Outcome> write) {
    try {
      return write.get();
    } catch (SdkException e) {
      return outcome(e);
    }
  }

  /** How a write ended that threw this. */
  public static Outcome outcome(SdkException e) {
    if (e.getCause() instanceof SendFence.NotSent) {
      return new Outcome.Changed(Fence.NOT_SENT);
    }
    if (!(e instanceof AwsServiceException answer)) {
      return new Outcome.Unclear(why(e));
    }
    if (throttled(answer) || answer.statusCode() == PROPAGATION) {
      return new Outcome.Throttled(why(e));
    }
    if (answer.statusCode() >= 400 && answer.statusCode() < 500) {
      return new Outcome.Refused(code(answer), message(answer));
    }
    return new Outcome.Unclear(why(e));
  }

  /** The error's code, for example {@code ResourceInUseException}; never empty. */
  public static String code(AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
    return code == null || code.isEmpty() ? "HTTP " + e.statusCode() : code;
  }

  private static boolean throttled(AwsServiceException e) {
    return e.isThrottlingException() || e.statusCode() == 429;
  }

  /** Code and message in AWS's words, or that there was no answer. */
  public static String why(SdkException e) {
    return e instanceof AwsServiceException answer
        ? code(answer) + ": " + message(answer)
        : credentials(e).orElseGet(() -> "no answer: " + cut(e.getMessage()));
  }

  /**
   * That there are no credentials, which the SDK says with all that it has tried and the profile's
   * trouble, the one that a person can mend, far behind the front.
   */
  private static Optional<String> credentials(SdkException e) {
    String text = String.valueOf(e.getMessage());
    if (!text.startsWith("Unable to load credentials from any")) {
      return Optional.empty();
    }
    Matcher profile = PROFILE.matcher(text);
    String why = profile.find() ? "; " + cut(profile.group(1)) : "";
    return Optional.of("no AWS credentials in variables, profile, container or instance" + why);
  }

  private static String message(AwsServiceException e) {
    String text = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return cut(text == null ? e.getMessage() : text);
  }

  private static String cut(@org.jspecify.annotations.Nullable String text) {
    String plain = text == null ? "" : text.strip();
    return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
  }
}
