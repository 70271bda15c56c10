package dev.hikkoshi.environments.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.definition.VersionLine.Edit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An upgrade changes one value and no other byte. */
class VersionLineTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metadata:\n  version: \"OLD\"  # the line\n",
        "metadata:\n  version: 'OLD'\n  name: OLD\n",
        "metadata: {name: x, version: \"OLD\", tags: {version: \"OLD\"}}",
        "metadata:\r\n  version: \"OLD\"\r\n# OLD\r\n",
        "\uFEFFmetadata:\n  \"version\" : \"OLD\"\n",
        "# \uD83D\uDE9A moving, version: \"OLD\"\nmetadata:\n  version: \"OLD\" # \u8ECA\n",
        "version: \"OLD\"\nmetadata: {version: \"OLD\"}\n",
        "metadata:\n  version: OLD\n"
      })
  void onlyTheValueChanges(String form) {
    // Given
    String before = form.replace("OLD", "1.36");

    // When
    Edit edit = VersionLine.change(before.getBytes(UTF_8), "1.37");

    // Then
    assertThat(edit)
        .isInstanceOfSatisfying(
            Edit.Edited.class,
            edited -> {
              String after = new String(edited.content(), UTF_8);
              assertThat(after.length()).isEqualTo(before.length());
              assertThat(differences(before, after)).isEqualTo(1);
              int at = after.indexOf("1.37");
              int key = after.lastIndexOf("version", at);
              assertThat(after.substring(key, at)).matches("version[\"']? ?: [\"']?");
              assertThat(after.lastIndexOf("metadata", at)).isNotNegative();
            });
  }

  private static long differences(String before, String after) {
    long count = 0;
    for (int i = 0; i < before.length(); i++) {
      count += before.charAt(i) == after.charAt(i) ? 0 : 1;
    }
    return count;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x: &v \"1.36\"\nmetadata: {version: *v}\n",
        "metadata: {version: &v \"1.36\", name: *v}\n",
        "metadata: {version: >-\n    1.36\n  }\n",
        "metadata:\n  version: >-\n    1.36\n",
        "metadata: {version: [\"1.36\"]}\n",
        "metadata: {version: \"1\\x2e36\"}\n",
        "metadata: {}\n",
        "metadata: [",
        ""
      })
  void whatIsNotOneValueBehindItsKeyIsRefused(String text) {
    // When
    Edit edit = VersionLine.change(text.getBytes(UTF_8), "1.37");

    // Then
    assertThat(edit).isInstanceOf(Edit.Refused.class);
  }

  @Test
  void whatIsNoVersionIsNotWritten() {
    // When
    Edit edit = VersionLine.change(TextTree.CLUSTER.getBytes(UTF_8), "1.37\"\nx: \"");

    // Then
    assertThat(edit).isInstanceOf(Edit.Refused.class);
  }

  @Test
  void theEditedFileAsksForTheNewVersionAndNothingElse() {
    // Given
    TextTree tree = TextTree.in("shop");
    Edit edit = VersionLine.change(TextTree.CLUSTER.getBytes(UTF_8), "1.37");

    // When
    String edited = new String(((Edit.Edited) edit).content(), UTF_8);
    Definition after = tree.with("shop/cluster.yaml", edited).definition();

    // Then
    Definition before = tree.definition();
    assertThat(after.cluster().version()).isEqualTo("1.37");
    assertThat(after.cluster().mutable()).isEqualTo(before.cluster().mutable());
    assertThat(after.appDigest()).isEqualTo(before.appDigest());
    assertThat(edited.lines().toList().get(after.versionLine().line() - 1)).contains("1.37");
  }
}
