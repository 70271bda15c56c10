package dev.hikkoshi.clusters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsFailuresTest {

  /** Statuses and codes as in facts of EKS's and Route 53's models. */
  @ParameterizedTest
  @CsvSource({
    "400, InvalidParameterException, Refused",
    "403, AccessDeniedException, Refused",
    "404, ResourceNotFoundException, Refused",
    "409, ResourceInUseException, Refused",
    "428, ResourcePropagationDelayException, Throttled",
    "429, TooManyRequestsException, Throttled",
    "400, Throttling, Throttled",
    "400, ThrottlingException, Throttled",
    "500, ServerException, Unclear",
    "503, ServiceUnavailableException, Unclear"
  })
  void onlyAnAnswerInThe400sSaysThatNothingHappened(int status, String code, String outcome) {
    // When
    Outcome mapped = AwsFailures.outcome(answer(status, code, "why"));

    // Then
    assertThat(mapped.getClass().getSimpleName()).isEqualTo(outcome);
  }

  @Test
  void aRefusalKeepsAwsOwnCodeAndWords() {
    // When
    Outcome mapped = AwsFailures.outcome(answer(400, "InvalidRequestException", "not now"));

    // Then
    assertThat(mapped).isEqualTo(new Outcome.Refused("InvalidRequestException", "not now"));
  }

  @Test
  void noAnswerIsUnclear() {
    // When
    Outcome mapped = AwsFailures.outcome(SdkClientException.create("connection reset"));

    // Then
    assertThat(mapped).isEqualTo(new Outcome.Unclear("no answer: connection reset"));
  }

  @Test
  void withoutCredentialsThatIsSaidWithTheProfilesTroubleAndNoMore() {
    // Given: as the SDK says it
    String chain =
        "Unable to load credentials from any of the providers in the chain AwsCredentialsProviderChain("
            + "credentialsProviders=[EnvironmentVariableCredentialsProvider(), ProfileCredentialsProvider("
            + "profileName=prod, profileFile=ProfileFile(sections=[])), ContainerCredentialsProvider()]) : ["
            + "EnvironmentVariableCredentialsProvider(): Unable to load credentials from system settings.,"
            + " ProfileCredentialsProvider(profileName=prod, profileFile=ProfileFile(sections=[])): %s,"
            + " ContainerCredentialsProvider(): Cannot fetch credentials from container]";
    String none =
        "Profile file contained no credentials for profile 'prod': ProfileFile(sections=[])";

    // Then
    assertThat(AwsFailures.why(SdkClientException.create(chain.formatted(none))))
        .isEqualTo(
            "no AWS credentials in variables, profile, container or instance; Profile file contained"
                + " no credentials for profile 'prod'");
    assertThat(AwsFailures.why(SdkClientException.create(chain.formatted("Token is expired"))))
        .endsWith("; Token is expired");
  }

  @Test
  void anAnswerWithoutCodeAndWithAPageOfTextIsStillShort() {
    // Given
    var page = AwsServiceException.builder().statusCode(418).message("x".repeat(10_000)).build();

    // When
    Outcome mapped = AwsFailures.outcome(page);

    // Then
    assertThat(mapped)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("HTTP 418");
              assertThat(refused.message()).hasSizeLessThan(600);
            });
  }

  private static AwsServiceException answer(int status, String code, String message) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
