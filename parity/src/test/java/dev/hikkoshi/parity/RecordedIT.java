package dev.hikkoshi.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.parity.Side.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our own cases with the answers that helmfile gave when they were recorded; no helmfile is run.
 */
class RecordedIT {

  private static final Path CASES =
      Path.of(System.getProperty("hikkoshi.root", "..")).resolve("parity/cases");

  @TempDir Path folder;

  static List<Case> cases() {
    return Case.folder(CASES);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void hikkoshiAnswersAsHelmfileDid(Case one) throws IOException {
    // Given
    Path ground = folder.toRealPath();
    one.write(ground);
    Map<String, String> recorded =
        Archive.parse(Files.readString(CASES.resolve(one.name() + ".txtar"))).files();

    for (Question question : one.questions()) {
      // When
      Answer answer = new Ours(ground, System.getenv()).ask(ground, question);

      // Then
      if (one.expected() == Case.Expected.REFUSED) {
        assertThat(answer.good()).as(answer.out()).isFalse();
        continue;
      }
      String want =
          Objects.requireNonNull(
              recorded.get(Recording.WANT + question.command().word() + ".yaml"),
              "bin/parity record has not been run for this case");
      assertThat(answer.good()).as(answer.said()).isTrue();
      assertThat(Differences.of(Documents.of(want), Documents.of(answer.out()))).isEmpty();
    }
  }
}
