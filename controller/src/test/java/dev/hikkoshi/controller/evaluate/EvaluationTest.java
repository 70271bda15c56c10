package dev.hikkoshi.controller.evaluate;

import static dev.hikkoshi.controller.testing.LineDefinitions.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.controller.source.Source;
import dev.hikkoshi.controller.testing.BlindGateways;
import dev.hikkoshi.controller.testing.LineDefinitions;
import dev.hikkoshi.controller.testing.MemorySource;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore.RecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationTest {

  private final LineDefinitions reader = new LineDefinitions();
  private final MemorySource source = new MemorySource("platform");
  private final List<String> failures = new ArrayList<>();
  private Set<String> remembered = Set.of();
  private Evaluation evaluation = evaluation(source);

  private Evaluation evaluation(Source... sources) {
    return evaluation(reader, sources);
  }

  private Evaluation evaluation(DefinitionReader commits, Source... sources) {
    return new Evaluation(
        List.of(sources),
        commits,
        new MixedChangeCheck(reader, BlindGateways.all()),
        Measuring.standard(),
        "ap-northeast-1",
        () -> remembered,
        (subject, cause) -> failures.add(subject + ": " + cause.getMessage()));
  }

  private Wish wish(String environment) {
    return evaluation.wishes(environment).wish(EnvironmentRecord.fresh(environment));
  }

  private String version(String environment) {
    return wish(environment).desired().map(d -> d.cluster().version()).orElse("none");
  }

  @Test
  void theNewestCommitIsWished() {
    // Given
    source.commit(Map.of(file("shop"), "shop 1.36 a1"));

    // When
    Set<String> changed = evaluation.hear(source, source.head());

    // Then
    assertThat(changed).containsExactly("shop");
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(wish("shop").stale()).isEmpty();
  }

  @Test
  void aBrokenCommitLeavesTheLastGoodOneAndSaysWhere() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "bad shop")));

    // Then
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(evaluation.wishes("shop").undefined()).isFalse();
    assertThat(wish("shop").stale().orElseThrow())
        .contains("platform-c", "shop/environment.yaml:3:5: unknown key \"step\"");
  }

  @Test
  void everyProblemOfACommitIsTold() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "bad shop 3")));

    // Then
    assertThat(wish("shop").stale().orElseThrow()).endsWith("(and 2 more)");
    assertThat(wish("shop").problems())
        .containsExactly(
            "shop/environment.yaml:3:5: unknown key \"step\" (did you mean \"steps\"?)",
            "shop/environment.yaml:4:5: unknown key \"step\" (did you mean \"steps\"?)",
            "shop/environment.yaml:5:5: unknown key \"step\" (did you mean \"steps\"?)");
  }

  @Test
  void problemsOfTwoFoldersWithOneNameAreToldTogether() {
    // When
    evaluation.hear(
        source, source.commit(Map.of(file("shop"), "bad shop", file("store"), "bad shop 2")));

    // Then
    assertThat(wish("shop").problems())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("shop/environment.yaml:3:5"))
        .anyMatch(line -> line.startsWith("store/environment.yaml:4:5"));
  }

  @Test
  void whatAStatusHoldsIsBounded() {
    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "bad shop 1000")));

    // Then
    assertThat(wish("shop").problems())
        .hasSize(41)
        .last()
        .isEqualTo("and 960 more: hikkoshi validate shows them all");
  }

  @Test
  void anErrorBeforeTheNameIsReadStillBelongsToTheEnvironmentOfThatFolder() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "bad")));

    // Then
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(wish("shop").stale()).isPresent();
  }

  @Test
  void anErrorTouchesNoOtherEnvironment() {
    // Given
    evaluation.hear(
        source, source.commit(Map.of(file("shop"), "shop 1.36 a1", file("blog"), "blog 1.36 a1")));

    // When
    Set<String> changed =
        evaluation.hear(
            source, source.commit(Map.of(file("shop"), "bad shop", file("blog"), "blog 1.37 a1")));

    // Then
    assertThat(changed).containsExactlyInAnyOrder("shop", "blog");
    assertThat(version("blog")).isEqualTo("1.37");
    assertThat(wish("blog").stale()).isEmpty();
  }

  @Test
  void aRestartAfterABrokenCommitFindsTheLastGoodOneInHistory() {
    // Given
    source.commit(Map.of(file("shop"), "shop 1.36 a1"));
    source.commit(Map.of(file("shop"), "shop 1.37 a1"));
    source.commit(Map.of(file("shop"), "bad shop"));
    source.commit(Map.of(file("shop"), "bad"));

    // When
    evaluation.hear(source, source.head());

    // Then
    assertThat(version("shop")).isEqualTo("1.37");
    assertThat(wish("shop").stale()).isPresent();
  }

  @Test
  void theNextGoodCommitGoesOn() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));
    evaluation.hear(source, source.commit(Map.of(file("shop"), "bad shop")));

    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.37 a1")));

    // Then
    assertThat(wish("shop").stale()).isEmpty();
    assertThat(version("shop")).isEqualTo("1.37");
  }

  @Test
  void aCommitThatLeavesTheDigestIsNoEvent() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));
    String commit = wish("shop").desired().map(Desired::commit).orElseThrow();

    // When
    Set<String> changed =
        evaluation.hear(
            source, source.commit(Map.of(file("shop"), "shop 1.36 a1", "README.md", "new")));

    // Then
    assertThat(changed).isEmpty();
    assertThat(wish("shop").desired().map(Desired::commit)).contains(commit);
  }

  @Test
  void aCommitIsReadOnce() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // When
    evaluation.hear(source, source.head());
    evaluation.hear(source, source.head());

    // Then
    assertThat(reader.reads).isEqualTo(1);
  }

  @Test
  void anUnreachableSourceIsSaidAndTheLastCommitStands() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // When
    evaluation.hear(source, source.unreachable("connection refused"));

    // Then
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(wish("shop").stale().orElseThrow())
        .contains("platform is unreachable since", "connection refused");

    // When
    evaluation.hear(source, source.head());

    // Then
    assertThat(wish("shop").stale()).isEmpty();
  }

  @Test
  void aRestartWithAnUnreachableSourceGoesOnFromItsClone() {
    // Given
    source.commit(Map.of(file("shop"), "shop 1.36 a1"));

    // When
    evaluation.hear(source, source.unreachable("connection refused"));

    // Then
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(wish("shop").stale()).isPresent();
  }

  @Test
  void aVanishedFolderIsOrphanedAndItsLastDefinitionStands() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // When
    evaluation.hear(source, source.commit(Map.of("README.md", "gone")));

    // Then
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(wish("shop").stale().orElseThrow()).startsWith("orphaned: no source defines shop");
    assertThat(evaluation.wishes("shop").undefined()).isTrue();
  }

  @Test
  void aRenamedEnvironmentActsUnderItsNewNameOnly() {
    // Given
    remembered = Set.of("store");
    evaluation.hear(source, source.commit(Map.of(file("shop"), "store 1.36 a1")));

    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1 from:store")));

    // Then
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(wish("shop").stale()).isEmpty();
    assertThat(wish("store").desired()).isEmpty();
    assertThat(wish("store").stale().orElseThrow()).startsWith("renamed: it is shop now");
    assertThat(evaluation.wishes("store").mode()).isEqualTo(Mode.OBSERVE);
  }

  @Test
  void whatIsRememberedButNotDefinedIsOrphanedAfterARestartToo() {
    // Given
    remembered = Set.of("shop", "ghost");
    source.commit(Map.of(file("shop"), "shop 1.36 a1"));
    source.commit(Map.of("README.md", "gone"));

    // When
    evaluation.hear(source, source.head());

    // Then
    assertThat(evaluation.environments()).containsExactly("ghost", "shop");
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(wish("ghost").desired()).isEmpty();
    assertThat(wish("ghost").stale().orElseThrow()).startsWith("orphaned");
  }

  @Test
  void aRememberedEnvironmentIsNotOrphanedBeforeEverySourceWasRead() {
    // Given
    remembered = Set.of("shop");
    MemorySource second = new MemorySource("shops");
    second.commit(Map.of(file("shop"), "shop 1.36 a1"));
    source.commit(Map.of("README.md", "empty"));
    evaluation = evaluation(source, second);

    // When
    evaluation.hear(source, source.head());

    // Then
    assertThat(wish("shop").stale().orElseThrow()).isEqualTo("source shops was not read yet");

    // When
    evaluation.hear(second, second.head());

    // Then
    assertThat(wish("shop").stale()).isEmpty();
  }

  @Test
  void aRecordStoreThatIsAwayHidesNoEnvironmentOfASource() {
    // Given
    evaluation =
        new Evaluation(
            List.of(source),
            reader,
            new MixedChangeCheck(reader, BlindGateways.all()),
            Measuring.standard(),
            "ap-northeast-1",
            () -> {
              throw new RecordException("away");
            },
            (subject, cause) -> failures.add(subject));

    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // Then
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(failures).contains("names of remembered environments");
  }

  @Test
  void anEnvironmentOfAnotherRegionIsNotActedOn() {
    // Given
    evaluation =
        new Evaluation(
            List.of(source),
            reader,
            new MixedChangeCheck(reader, BlindGateways.all()),
            Measuring.standard(),
            "eu-central-1",
            () -> remembered,
            (subject, cause) -> failures.add(subject));

    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // Then
    assertThat(wish("shop").desired()).isEmpty();
    assertThat(wish("shop").stale())
        .contains("its region is ap-northeast-1, and this controller acts in eu-central-1");
  }

  @Test
  void aMovedFolderIsTheSameEnvironment() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // When
    evaluation.hear(source, source.commit(Map.of(file("stores/shop"), "shop 1.36 a1")));

    // Then
    assertThat(wish("shop").stale()).isEmpty();
    assertThat(evaluation.environments()).containsExactly("shop");
  }

  @Test
  void aFolderThatWasNeverGoodAndHasNoNameIsTold() {
    // When
    evaluation.hear(source, source.commit(Map.of(file("new"), "bad")));

    // Then
    assertThat(evaluation.environments()).isEmpty();
    assertThat(failures).anyMatch(f -> f.startsWith("platform:new: commit"));
  }

  @Test
  void historyInWhichNothingWasFoundIsNotReadAgainForEachCommit() {
    // Given
    for (int i = 0; i < 20; i++) {
      source.commit(Map.of("README.md", "edition " + i));
    }
    evaluation.hear(source, source.commit(Map.of(file("new"), "bad new")));
    int before = reader.reads;

    // When
    evaluation.hear(source, source.commit(Map.of(file("new"), "bad new 2")));

    // Then
    assertThat(reader.reads - before).isEqualTo(3);
    assertThat(wish("new").problems()).hasSize(2);
  }

  @Test
  void whatWasMissedInHistoryIsFoundOnceItWasGood() {
    // Given
    evaluation.hear(source, source.commit(Map.of(file("new"), "bad new")));
    source.commit(Map.of(file("new"), "new 1.36 a1"));

    // When
    evaluation.hear(source, source.commit(Map.of(file("new"), "bad new")));

    // Then
    assertThat(version("new")).isEqualTo("1.36");
  }

  @Test
  void anOldCommitThatNobodyCanReadHidesNoNewOne() {
    // Given
    DefinitionReader deep =
        (tree, folder) -> {
          if (tree.commit().equals("platform-commit-0")) {
            throw new StackOverflowError("too deep");
          }
          return reader.read(tree, folder);
        };
    evaluation = evaluation(deep, source);
    remembered = Set.of("ghost");
    source.commit(Map.of("README.md", "old"));

    // When
    evaluation.hear(source, source.commit(Map.of(file("shop"), "shop 1.36 a1")));

    // Then
    assertThat(version("shop")).isEqualTo("1.36");
    assertThat(failures).containsExactly("history of source platform: too deep");
  }
}
