package dev.hikkoshi.gitsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One contract for commits and for folders, so that what is validated is what is followed. */
class SourceTreeTest {

  private static final Limits SMALL = new Limits(1000, 1500, 6, 4, 3);

  @TempDir private Path temp;

  /** Both kinds of tree from one description. */
  enum Kind {
    COMMIT,
    FOLDER;

    SourceTree of(Path temp, Limits limits, Map<String, String> files, Map<String, String> links)
        throws IOException {
      return this == COMMIT
          ? commit(temp, limits, files, links)
          : folder(temp, limits, files, links);
    }

    private static SourceTree commit(
        Path temp, Limits limits, Map<String, String> files, Map<String, String> links) {
      Origin.Content content = Origin.content();
      files.forEach(content::file);
      links.forEach(content::link);
      try (Origin origin = Origin.at(temp.resolve("origin.git"))) {
        origin.commit("main", content, "all");
        SourceConfig config =
            SourceConfig.of("s", origin.url(), "main", temp.resolve("cache")).withLimits(limits);
        GitSource source = GitSource.open(config, new TestClock());
        source.fetch();
        return source.snapshot(source.lastHead().orElseThrow().commit());
      }
    }

    private static SourceTree folder(
        Path temp, Limits limits, Map<String, String> files, Map<String, String> links)
        throws IOException {
      Path root = Files.createDirectories(temp.resolve("folder"));
      Files.createDirectories(root.resolve(".git"));
      Files.writeString(root.resolve(".git/config"), "not a file of the tree");
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path path = root.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      for (Map.Entry<String, String> link : links.entrySet()) {
        Path path = root.resolve(link.getKey());
        Files.createDirectories(path.getParent());
        Files.createSymbolicLink(path, Path.of(link.getValue()));
      }
      return WorkingTree.of(root, limits);
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesAreListedSortedAndReadByPath(Kind kind) throws IOException {
    // Given
    SourceTree tree =
        kind.of(
            temp,
            SMALL,
            Map.of("shop/environment.yaml", "e", "shop/charts/web/Chart.yaml", "c", "README", "r"),
            Map.of());

    // When / Then
    assertThat(tree.files(""))
        .containsExactly("README", "shop/charts/web/Chart.yaml", "shop/environment.yaml");
    assertThat(tree.files("shop/charts/")).containsExactly("shop/charts/web/Chart.yaml");
    assertThat(tree.files("nowhere")).isEmpty();
    assertThat(text(tree, "shop/environment.yaml")).isEqualTo("e");
    assertThat(text(tree, "shop/charts/../environment.yaml")).isEqualTo("e");
    assertThat(tree.read("shop/absent.yaml")).isEmpty();
    assertThat(tree.read("README/x")).isEmpty();
    assertThat(tree.read("shop")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void linksInsideAreFollowed(Kind kind) throws IOException {
    // Given
    SourceTree tree =
        kind.of(
            temp,
            SMALL,
            Map.of("common/values.yaml", "v", "common/chart/Chart.yaml", "c"),
            Map.of(
                "shop/values.yaml", "../common/values.yaml",
                "shop/chart", "../common/chart",
                "shop/again.yaml", "chart/../values.yaml"));

    // When / Then
    assertThat(tree.files("shop"))
        .containsExactly("shop/again.yaml", "shop/chart/Chart.yaml", "shop/values.yaml");
    assertThat(text(tree, "shop/values.yaml")).isEqualTo("v");
    assertThat(text(tree, "shop/chart/Chart.yaml")).isEqualTo("c");
    // Up from where the link led: common/values.yaml, as a file system walks.
    assertThat(text(tree, "shop/again.yaml")).isEqualTo("v");
  }

  @ParameterizedTest
  @EnumSource
  void linksThatLeadOutSpoilOnlyThemselvesAndAreNamed(Kind kind) throws IOException {
    // Given
    Map<String, String> links = new LinkedHashMap<>();
    links.put("shop/out.yaml", "../../../etc/passwd");
    links.put("shop/absolute.yaml", "/etc/passwd");
    links.put("shop/gone.yaml", "nothing.yaml");
    links.put("shop/a", "b");
    links.put("shop/b", "a");
    SourceTree tree = kind.of(temp, SMALL, Map.of("shop/good.yaml", "g"), links);

    // When / Then
    assertThat(tree.files("shop"))
        .containsExactly(
            "shop/a",
            "shop/absolute.yaml",
            "shop/b",
            "shop/gone.yaml",
            "shop/good.yaml",
            "shop/out.yaml");
    assertThat(text(tree, "shop/good.yaml")).isEqualTo("g");
    refuses(
        tree,
        "shop/out.yaml",
        "link \"shop/out.yaml\" -> \"../../../etc/passwd\" leads out of the");
    refuses(
        tree, "shop/absolute.yaml", "link \"shop/absolute.yaml\" -> \"/etc/passwd\" is absolute");
    refuses(tree, "shop/gone.yaml", "link \"shop/gone.yaml\" -> \"nothing.yaml\" leads to nothing");
    refuses(tree, "shop/a", "of a circle");
    refuses(tree, "../x", "leads out of the");
    refuses(tree, "/etc/passwd", "is not a path from the root");
  }

  @ParameterizedTest
  @EnumSource
  void aCircleOfFoldersEnds(Kind kind) throws IOException {
    // Given
    SourceTree tree =
        kind.of(
            temp,
            SMALL,
            Map.of("a/x", "x", "b/y", "y"),
            Map.of("a/to-b", "../b", "b/to-a", "../a"));

    // When / Then
    assertThat(tree.files("a")).containsExactly("a/to-b/to-a", "a/to-b/y", "a/x");
    refuses(tree, "a/to-b/to-a", "leads back to a folder it lies in");
  }

  @ParameterizedTest
  @EnumSource
  void boundsAreErrorsAndNoEmptyAnswers(Kind kind) throws IOException {
    // Given
    SourceTree tree =
        kind.of(
            temp,
            SMALL,
            Map.of(
                "big",
                "x".repeat(1001),
                "one",
                "1".repeat(900),
                "two",
                "2".repeat(900),
                "many/1",
                "",
                "many/2",
                "",
                "many/3",
                "",
                "a/b/c/d/e/deep",
                "d"),
            Map.of());

    // When / Then
    refuses(tree, "big", "is larger than 1000 bytes");
    assertThat(text(tree, "one")).hasSize(900);
    assertThat(text(tree, "one")).hasSize(900); // counted once
    refuses(tree, "two", "more than 1500 bytes");
    refuses(tree, "a/b/c/d/e/deep", "more than 4 folders deep");
    assertThat(tree.files("many")).hasSize(3);
    assertThatThrownBy(() -> tree.files("a"))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining("folders deep");
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsTooLargeIsRefusedUnread(Kind kind) throws IOException {
    // Given: below the 50 MiB from which on JGit would read it piece by piece.
    SourceTree tree =
        kind.of(temp, Limits.DEFAULT, Map.of("big", "x".repeat(40 << 20), "small", ""), Map.of());
    tree.read("small");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    // When / Then
    refuses(tree, "big", "is larger than 5242880 bytes");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(2L << 20);
  }

  @ParameterizedTest
  @EnumSource
  void tooManyFilesAreAnError(Kind kind) throws IOException {
    // Given
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < 7; i++) {
      files.put("many/" + i, "");
    }
    SourceTree tree = kind.of(temp, SMALL, files, Map.of());

    // When / Then
    assertThatThrownBy(() -> tree.files(""))
        .isInstanceOf(SnapshotException.class)
        .hasMessageContaining("more than 6 files");
  }

  @ParameterizedTest
  @EnumSource
  void largeFilePointersAreNamed(Kind kind) throws IOException {
    // Given
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
    SourceTree tree = kind.of(temp, SMALL, Map.of("chart.tgz", pointer), Map.of());

    // When / Then
    refuses(tree, "chart.tgz", "\"chart.tgz\" is a Git LFS pointer");
  }

  @Test
  void submodulesAreNamed() {
    // Given
    try (Origin origin = Origin.at(temp.resolve("origin.git"))) {
      origin.commit(
          "main", Origin.content().submodule("shop/charts").file("shop/a", "a"), "submodule");
      SourceConfig config = SourceConfig.of("s", origin.url(), "main", temp.resolve("cache"));
      try (GitSource source = GitSource.open(config, new TestClock())) {
        source.fetch();

        // When
        SourceTree tree = source.snapshot(source.lastHead().orElseThrow().commit());

        // Then
        assertThat(tree.files("")).containsExactly("shop/a", "shop/charts");
        refuses(tree, "shop/charts", "\"shop/charts\" is a submodule");
        refuses(tree, "shop/charts/web/Chart.yaml", "\"shop/charts\" is a submodule");
      }
    }
  }

  private static String text(SourceTree tree, String path) {
    return new String(tree.read(path).orElseThrow(), UTF_8);
  }

  private static void refuses(SourceTree tree, String path, String why) {
    assertThatThrownBy(() -> tree.read(path))
        .isInstanceOfSatisfying(SnapshotException.class, e -> assertThat(e.path()).isEqualTo(path))
        .hasMessageContaining(why);
  }
}
