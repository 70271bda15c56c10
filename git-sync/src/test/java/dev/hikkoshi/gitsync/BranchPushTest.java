package dev.hikkoshi.gitsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.gitsync.PushResult.Exists;
import dev.hikkoshi.gitsync.PushResult.Pushed;
import dev.hikkoshi.gitsync.PushResult.Refused;
import dev.hikkoshi.gitsync.PushResult.Unreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.io.NullOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BranchPushTest {

  private static final String BRANCH = "hikkoshi/shop-1.37";

  @TempDir private Path temp;

  private Origin origin;
  private GitSource source;
  private String base;

  @BeforeEach
  void start() {
    origin = Origin.at(temp.resolve("origin.git"));
    base =
        origin.commit(
            "main",
            Origin.content()
                .file("shop/cluster.yaml", "version: \"1.36\"\n")
                .program("shop/run", "#!/bin/sh\n")
                .link("shop/link.yaml", "cluster.yaml")
                .submodule("shop/module")
                .file("README", "r"),
            "base");
    source =
        GitSource.open(
            SourceConfig.of("shop", origin.url(), "main", temp.resolve("cache")), new TestClock());
    source.fetch();
  }

  @AfterEach
  void end() {
    source.close();
    origin.close();
  }

  @Test
  void oneCommitChangesOneFileAndNoOtherByte() throws IOException {
    // When
    PushResult result = source.push(push("shop/cluster.yaml"));

    // Then
    ObjectId head = origin.head(BRANCH).orElseThrow();
    assertThat(result).isEqualTo(new Pushed(head.name()));
    try (DiffFormatter diff = new DiffFormatter(NullOutputStream.INSTANCE)) {
      diff.setRepository(origin.repository());
      assertThat(diff.scan(ObjectId.fromString(base), head))
          .extracting(DiffEntry::getNewPath, DiffEntry::getChangeType)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "shop/cluster.yaml", DiffEntry.ChangeType.MODIFY));
    }
    assertThat(source.commit(head.name()))
        .satisfies(c -> assertThat(c.parents()).containsExactly(base))
        .satisfies(c -> assertThat(c.author()).isEqualTo("Hikkoshi <hikkoshi@example.com>"))
        .satisfies(c -> assertThat(c.at()).isEqualTo(TestClock.START))
        .satisfies(c -> assertThat(c.subject()).isEqualTo("shop: Kubernetes 1.37"));
    assertThat(source.snapshot(head.name()).read("shop/cluster.yaml").orElseThrow())
        .isEqualTo("version: \"1.37\"\n".getBytes(UTF_8));
  }

  @Test
  void aBranchThatExistsIsNeverOverwritten() {
    // Given
    source.push(push("shop/cluster.yaml"));
    ObjectId before = origin.head(BRANCH).orElseThrow();

    // When
    PushResult again = source.push(push("shop/cluster.yaml"));
    PushResult other = source.push(push("README"));

    // Then
    assertThat(again).isEqualTo(new Exists(BRANCH));
    assertThat(other).isEqualTo(new Exists(BRANCH));
    assertThat(origin.head(BRANCH)).contains(before);
  }

  @Test
  void onlyRegularFilesOfTheBaseAreReplaced() {
    // When / Then
    for (String path :
        new String[] {"shop/absent", "shop", "shop/link.yaml", "shop/module", "/x"}) {
      assertThat(source.push(push(path)))
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.why()).contains(path).contains("no regular file"));
    }
    assertThat(origin.head(BRANCH)).isEmpty();
  }

  @Test
  void aRemoteThatIsGoneIsNoException() throws IOException {
    // Given
    Files.move(origin.folder(), temp.resolve("elsewhere.git"));

    // When / Then
    assertThat(source.push(push("README"))).isInstanceOfAny(Unreachable.class, Refused.class);
  }

  @Test
  void nonsenseIsRefusedBeforeAnythingIsAsked() {
    assertThatThrownBy(() -> new BranchPush(base, "a..b", Map.of("a", new byte[0]), "m", "n", "e"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BranchPush(base, "b", Map.of(), "m", "n", "e"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private BranchPush push(String path) {
    return new BranchPush(
        base,
        BRANCH,
        Map.of(path, "version: \"1.37\"\n".getBytes(UTF_8)),
        "shop: Kubernetes 1.37\n\nWhy and how.\n",
        "Hikkoshi",
        "hikkoshi@example.com");
  }
}
