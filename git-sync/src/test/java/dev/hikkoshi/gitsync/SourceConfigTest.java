package dev.hikkoshi.gitsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.transport.URIish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceConfigTest {

  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example.com/team/environments.git",
        "http://127.0.0.1:8080/environments",
        "ssh://git@git.example.com:2222/environments.git",
        "git@git.example.com:team/environments.git",
        "file:///srv/git/environments.git"
      })
  void addressesOfFourKindsAreTaken(String url) {
    assertThat(SourceConfig.of("shop", url, "main", temp).url()).isEqualTo(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://robot:hunter2@git.example.com/environments.git",
        "https://hunter2@git.example.com/environments.git",
        "ssh://git:hunter2@git.example.com/environments.git",
        "git://git.example.com/hunter2",
        "ext::sh -c hunter2",
        "s3://hunter2/environments",
        "/srv/hunter2"
      })
  void othersAreRefusedWithoutRepeatingThem(String url) {
    assertThatThrownBy(() -> SourceConfig.of("shop", url, "main", temp))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source shop")
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Shop", "../shop", "shop/a", "", "-shop"})
  void namesThatAreNoFolderNamesAreRefused(String name) {
    assertThatThrownBy(() -> SourceConfig.of(name, "file:///srv/e", "main", temp))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refs/heads/main", "a..b", "", "a b"})
  void namesThatAreNoBranchesAreRefused(String branch) {
    assertThatThrownBy(() -> SourceConfig.of("shop", "file:///srv/e", branch, temp))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://git.example.com/a, https://GIT.example.com:443/b, true",
    "https://git.example.com/a, http://git.example.com/a, false",
    "https://git.example.com/a, https://git.example.com:8443/a, false",
    "https://git.example.com/a, https://git.example.com.evil.net/a, false",
    "http://127.0.0.1:3000/a, http://127.0.0.1:3000/b, true",
  })
  void credentialsGoToOneOrigin(String configured, String asking, boolean same) throws Exception {
    RemoteUrl remote = RemoteUrl.parse("shop", configured);
    assertThat(remote.sameOrigin(URI.create(asking).toURL())).isEqualTo(same);
    assertThat(remote.sameOrigin(new URIish(asking))).isEqualTo(same);
  }

  @Test
  void missingCredentialFilesAreNamed() throws IOException {
    // Given
    Path folder = Files.createDirectories(temp.resolve("credentials"));
    Files.writeString(folder.resolve("username"), "robot\n");

    // When / Then
    assertThatThrownBy(() -> Credentials.read(Optional.of(folder), RemoteUrl.Kind.HTTP))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("password");
    assertThatThrownBy(() -> Credentials.read(Optional.of(folder), RemoteUrl.Kind.SSH))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("identity");
    assertThatThrownBy(() -> Credentials.read(Optional.empty(), RemoteUrl.Kind.SSH))
        .isInstanceOf(Trouble.class)
        .hasMessageContaining("known_hosts");
  }

  @Test
  void credentialsPrintNothingAndRedactThemselves() throws Exception {
    // Given
    Files.writeString(temp.resolve("username"), "robot\n");
    Files.writeString(temp.resolve("password"), "hunter2\n");

    // When
    Credentials credentials = Credentials.read(Optional.of(temp), RemoteUrl.Kind.HTTP);

    // Then
    assertThat(credentials.password()).contains("hunter2");
    assertThat(credentials.toString()).doesNotContain("hunter2");
    assertThat(credentials.redact("said hunter2 aloud")).isEqualTo("said *** aloud");
  }
}
