package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.utils.StringInputStream;

/** Profiles as people have them on their machines can be used: nothing of the SDK is missing. */
class SignedInTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        // aws sso login
        """
        [profile me]
        sso_session = work
        sso_account_id = 111122223333
        sso_role_name = platform
        [sso-session work]
        sso_region = eu-central-1
        sso_start_url = https://work.example.com/start
        """,
        // The same before there were sessions.
        """
        [profile me]
        sso_region = eu-central-1
        sso_start_url = https://work.example.com/start
        sso_account_id = 111122223333
        sso_role_name = platform
        """,
        // aws login
        """
        [profile me]
        region = eu-central-1
        login_session = arn:aws:iam::111122223333:user/me
        """
      })
  void whoIsNotSignedInIsToldThatAndNotThatAModuleIsMissing(String config) {
    // Given
    ProfileFile file =
        ProfileFile.builder()
            .content(new StringInputStream(config))
            .type(ProfileFile.Type.CONFIGURATION)
            .build();

    // Then
    try (ProfileCredentialsProvider provider =
        ProfileCredentialsProvider.builder().profileFile(() -> file).profileName("me").build()) {
      assertThatThrownBy(provider::resolveCredentials)
          .hasMessageNotContaining("class path")
          .hasMessageNotContaining("contained no credentials");
    }
  }
}
