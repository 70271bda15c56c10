package dev.hikkoshi.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CasesTest {

  private static final Path ROOT = Path.of(System.getProperty("hikkoshi.root", ".."));

  static List<Case> own() {
    return Case.folder(ROOT.resolve("parity/cases"));
  }

  @Test
  void thereAreEnoughOfThem() {
    assertThat(own()).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @MethodSource("own")
  void eachSaysWhatItShowsAndAsksSomething(Case one) {
    assertThat(one.comment().lines().findFirst().orElse("")).endsWith(".");
    assertThat(one.questions()).isNotEmpty();
  }

  @Test
  void anArchiveIsWrittenAsItWasRead() throws IOException {
    String text = Files.readString(ROOT.resolve("parity/cases/bases-append-releases.txtar"));

    assertThat(Archive.parse(text).toString()).isEqualTo(text);
  }

  @Test
  void aSeedMakesTheSameCaseAgainAndSeedsMakeOthers() {
    assertThat(RandomCase.of(7)).isEqualTo(RandomCase.of(7));
    assertThat(LongStream.range(1, 200).mapToObj(RandomCase::of).map(Case::files).distinct())
        .hasSizeGreaterThan(190);
  }

  @Test
  void everyRowOfUpstreamsTableCanBeRead() throws IOException {
    List<UpstreamRow> rows =
        UpstreamRow.parse(Files.readString(ROOT.resolve("parity/upstream.txt")));

    assertThat(rows.stream().map(UpstreamRow::name).distinct()).hasSize(82);
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(row.reason().isEmpty() && row.question().isEmpty()).isFalse());
  }
}
