package dev.hikkoshi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hikkoshi.cli.Terminal.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --git}: a commit of a repository, fetched into a cache of the user. */
class PlanGitTest {

  @TempDir Path folder;
  private SampleRepository repository;

  @BeforeEach
  void create() throws IOException {
    repository = SampleRepository.in(Files.createDirectory(folder.resolve("origin")));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private Result plan(String... words) {
    String[] all = new String[words.length + 5];
    all[0] = "plan";
    all[1] = "--offline";
    all[2] = "--git";
    all[3] = repository.url();
    all[4] = "--output=json";
    System.arraycopy(words, 0, all, 5, words.length);
    return new Terminal()
        .in(folder)
        .variable("XDG_CACHE_HOME", folder.resolve("cache").toString())
        .run(all);
  }

  private static JsonNode json(Result result) throws IOException {
    assertThat(result.exit()).as(result.err()).isEqualTo(2);
    return JsonMapper.builder().build().readTree(result.out());
  }

  @Test
  void theBranchsHeadIsPlanned() throws IOException {
    // Given
    repository.commit("first");
    String head =
        repository
            .replace("shop/cluster.yaml", "version: \"1.36\"", "version: \"1.37\"")
            .commit("next");

    // When
    JsonNode plan = json(plan("shop"));

    // Then
    assertThat(plan.path("commit").asText()).isEqualTo(head);
    assertThat(plan.at("/items/0/what").asText()).isEqualTo("build a cluster at 1.37");
  }

  @Test
  void anOlderCommitIsFoundByItsFirstLetters() throws IOException {
    // Given
    String first = repository.commit("first");
    repository
        .replace("shop/cluster.yaml", "version: \"1.36\"", "version: \"1.37\"")
        .commit("next");

    // When
    JsonNode plan = json(plan("shop", "--commit", first.substring(0, 8)));

    // Then
    assertThat(plan.path("commit").asText()).isEqualTo(first);
    assertThat(plan.at("/items/0/what").asText()).isEqualTo("build a cluster at 1.36");
  }

  @Test
  void aFolderOfTheRepositoryNarrowsIt() throws IOException {
    // Given
    repository.commit("first");

    // Then
    assertThat(json(plan("--folder", "shop")).path("items").size()).isPositive();
    assertThat(plan("--folder", "nowhere").exit()).isEqualTo(1);
  }

  @Test
  void aCommitThatIsNotThereIsAnError() {
    // Given
    repository.commit("first");

    // When
    Result result = plan("--commit", "abcdef0");

    // Then
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("'abcdef0' is no commit of the branch");
  }

  @Test
  void aBranchOrARepositoryThatIsNotThereIsUnreadable() {
    // Given
    repository.commit("first");

    // When
    Result branch = plan("--branch", "nowhere");
    Result nothing =
        new Terminal()
            .variable("XDG_CACHE_HOME", folder.resolve("cache").toString())
            .run("plan", "--offline", "--git", folder.resolve("nothing").toUri().toString());

    // Then
    assertThat(branch.exit()).isEqualTo(5);
    assertThat(branch.err()).contains("nowhere");
    assertThat(nothing.exit()).isEqualTo(5);
    assertThat(nothing.err()).contains("no repository");
  }

  @Test
  void aPasswordInTheAddressIsRefusedAndNotRepeated() {
    // When
    Result result =
        new Terminal().run("plan", "--offline", "--git", "https://me:geheim@git.example.com/e.git");

    // Then
    assertThat(result.exit()).isEqualTo(64);
    assertThat(result.err()).contains("no user or password in the url").doesNotContain("geheim");
  }
}
