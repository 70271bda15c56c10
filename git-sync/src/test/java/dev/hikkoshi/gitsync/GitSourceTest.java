package dev.hikkoshi.gitsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import dev.hikkoshi.gitsync.FetchResult.Head;
import dev.hikkoshi.gitsync.FetchResult.Unreachable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources over {@code file://}: what a remote may do to us, and what is seen of it. */
class GitSourceTest {

  @TempDir private Path temp;

  private final TestClock clock = new TestClock();
  private Origin origin;
  private SourceConfig config;

  @BeforeEach
  void start() {
    origin = Origin.at(temp.resolve("origin.git"));
    config = SourceConfig.of("shop", origin.url(), "main", temp.resolve("cache"));
  }

  @AfterEach
  void end() {
    origin.close();
  }

  @Test
  void followsTheBranchAndReadsItsCommits() {
    // Given
    String first = commit("one");
    try (GitSource source = GitSource.open(config, clock)) {
      // When
      FetchResult before = source.fetch();
      String second = commit("two");
      FetchResult after = source.fetch();

      // Then
      assertThat(before).isEqualTo(new Head(first, TestClock.START));
      assertThat(after).isEqualTo(new Head(second, TestClock.START));
      assertThat(read(source, first)).isEqualTo("one");
      assertThat(read(source, second)).isEqualTo("two");
      assertThat(source.commit(second).author()).isEqualTo("Aiko <aiko@example.com>");
      assertThat(source.commit(second).subject()).isEqualTo("says two");
    }
  }

  @Test
  void anUnreachableRemoteIsShownWithTheLastHeadAndRecovers() throws IOException {
    // Given
    String first = commit("one");
    Path elsewhere = temp.resolve("elsewhere.git");
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();
      Files.move(origin.folder(), elsewhere);

      // When
      clock.advance(Duration.ofMinutes(1));
      FetchResult lost = source.fetch();
      clock.advance(Duration.ofMinutes(1));
      FetchResult stillLost = source.fetch();
      Files.move(elsewhere, origin.folder());
      FetchResult back = source.fetch();

      // Then
      assertThat(lost).isInstanceOf(Unreachable.class).isEqualTo(stillLost);
      assertThat((Unreachable) lost)
          .satisfies(u -> assertThat(u.cause()).isEqualTo(Cause.REPOSITORY_MISSING))
          .satisfies(
              u -> assertThat(u.since()).isEqualTo(TestClock.START.plus(Duration.ofMinutes(1))))
          .satisfies(u -> assertThat(u.lastHead()).map(Head::commit).contains(first));
      assertThat(read(source, first)).isEqualTo("one");
      assertThat(back).isInstanceOf(Head.class);
    }
  }

  @Test
  void aRemoteThatIsDownAtOurStartHidesNothing() throws IOException {
    // Given
    String first = commit("one");
    try (GitSource earlier = GitSource.open(config, clock)) {
      earlier.fetch();
    }
    Files.move(origin.folder(), temp.resolve("elsewhere.git"));
    clock.advance(Duration.ofHours(1));

    // When
    try (GitSource source = GitSource.open(config, clock)) {
      // Then
      assertThat(source.lastHead()).contains(new Head(first, TestClock.START));
      assertThat(source.fetch().lastHead()).contains(new Head(first, TestClock.START));
      assertThat(read(source, first)).isEqualTo("one");
    }
  }

  @Test
  void aBranchThatIsNotThereIsNamed() {
    // Given
    origin.commit("other", Origin.content().file("a", "a"), "elsewhere");

    // When
    try (GitSource source = GitSource.open(config, clock)) {
      FetchResult result = source.fetch();

      // Then
      assertThat(cause(result)).isEqualTo(Cause.BRANCH_MISSING);
      assertThat(((Unreachable) result).why()).contains("refs/heads/main");
      assertThat(((Unreachable) result).lastHead()).isEmpty();
    }
  }

  @Test
  void aRewrittenBranchIsNotFollowedUnlessAskedFor() {
    // Given
    String first = commit("one");
    String second = commit("two");
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();

      // When
      origin.point("main", ObjectId.fromString(first));
      FetchResult refused = source.fetch();
      String third = commit("three");
      FetchResult refusedToo = source.fetch();

      // Then
      assertThat(cause(refused)).isEqualTo(Cause.REWRITTEN);
      assertThat(cause(refusedToo)).isEqualTo(Cause.REWRITTEN);
      assertThat(refused.lastHead()).map(Head::commit).contains(second);
      assertThat(((Unreachable) refused).why()).contains(first.substring(0, 12));

      // When
      source.close();
      try (GitSource following =
          GitSource.open(config.withRewrites(SourceConfig.Rewrites.FOLLOW), clock)) {
        // Then
        assertThat(following.fetch()).isEqualTo(new Head(third, TestClock.START));
      }
    }
  }

  @Test
  void aRewriteWhileNobodyLookedIsSeenAfterRestart() {
    // Given
    String first = commit("one");
    commit("two");
    try (GitSource earlier = GitSource.open(config, clock)) {
      earlier.fetch();
    }
    origin.point("main", ObjectId.fromString(first));

    // When
    try (GitSource source = GitSource.open(config, clock)) {
      // Then
      assertThat(cause(source.fetch())).isEqualTo(Cause.REWRITTEN);
    }
  }

  @Test
  void aDamagedCacheIsMadeAnew() throws IOException {
    // Given
    String first = commit("one");
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();
    }
    truncatePacks(config.cache().resolve("shop.git"), 3);

    // When
    try (GitSource source = GitSource.open(config, clock)) {
      FetchResult result = source.fetch();

      // Then
      assertThat(result).isEqualTo(new Head(first, TestClock.START));
      assertThat(read(source, first)).isEqualTo("one");
    }
  }

  @Test
  void damageMetWhileReadingIsAnErrorAndHealsWithTheNextFetch() throws IOException {
    // Given
    byte[] noise = noise(100_000);
    String first = origin.commit("main", Origin.content().file("a", noise), "noise");
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();
      Snapshot damaged = source.snapshot(first);
      truncatePacks(config.cache().resolve("shop.git"), 1000);

      // When / Then
      assertThatThrownBy(() -> damaged.read("a")).isInstanceOf(SnapshotException.class);
      assertThat(source.fetch()).isInstanceOf(Head.class);
      assertThat(damaged.read("a").orElseThrow()).isEqualTo(noise);
    }
  }

  @Test
  void aCacheThatSomebodyRemovedOrFilledWithNonsenseIsMadeAnew() throws IOException {
    // Given
    String first = commit("one");
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();
      remove(config.cache());

      // When / Then
      assertThat(source.fetch()).isEqualTo(new Head(first, TestClock.START));
      assertThat(read(source, first)).isEqualTo("one");
    }
    Files.writeString(config.cache().resolve("shop.git/config"), "[core\nnonsense");
    try (GitSource source = GitSource.open(config, clock)) {
      assertThat(source.fetch()).isEqualTo(new Head(first, TestClock.START));
      assertThat(read(source, first)).isEqualTo("one");
    }
  }

  @Test
  void aDamagedRemoteIsShownAndTheOldCloneStays() throws IOException {
    // Given
    String first = commit("one");
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();
      String second = commit("two");
      ObjectId blob = blobOf(second);
      Path object =
          origin
              .folder()
              .resolve("objects/" + blob.name().substring(0, 2) + "/" + blob.name().substring(2));
      byte[] good = Files.readAllBytes(object);
      object.toFile().setWritable(true);
      Files.write(object, new byte[] {1, 2, 3});

      // When
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      FetchResult result = printingTo(printed, source::fetch);

      // Then
      assertThat(result)
          .isInstanceOfSatisfying(
              Unreachable.class,
              gone -> {
                assertThat(gone.cause()).isEqualTo(Cause.DAMAGED);
                assertThat(gone.why()).contains("the remote could not answer", blob.name());
              });
      assertThat(printed.toString(UTF_8)).isEmpty();
      assertThat(result.lastHead()).map(Head::commit).contains(first);
      assertThat(read(source, first)).isEqualTo("one");

      // When
      Files.write(object, good);

      // Then
      assertThat(source.fetch()).isEqualTo(new Head(second, TestClock.START));
    }
  }

  @Test
  void aCloneThatGrowsTooLargeIsAnError() throws IOException {
    // Given
    origin.commit("main", Origin.content().file("noise", noise(300_000)), "large");
    SourceConfig small =
        config.withTimeouts(
            new SourceConfig.Timeouts(Duration.ofSeconds(30), Duration.ofMinutes(5), 100_000));

    // When
    try (GitSource source = GitSource.open(small, clock)) {
      // Then
      assertThat(cause(source.fetch())).isEqualTo(Cause.TOO_LARGE);
    }
  }

  @Test
  void historyGoesAlongFirstParentsAcrossMerges() {
    // Given
    String root = commit("root");
    origin.point("feature", ObjectId.fromString(root));
    String feature = origin.commit("feature", Origin.content().file("b", "b"), "feature");
    String plain = commit("plain");
    String merge =
        origin.commit(
            "main",
            Origin.content().file("a", "plain").file("b", "b"),
            "merges feature",
            ObjectId.fromString(plain),
            ObjectId.fromString(feature));
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();

      // When / Then
      assertThat(ids(source.firstParents(merge, Optional.empty(), 10)))
          .containsExactly(merge, plain, root);
      assertThat(source.firstParents(merge, Optional.of(root), 10))
          .satisfies(h -> assertThat(ids(h)).containsExactly(merge, plain))
          .satisfies(h -> assertThat(h.complete()).isTrue());
      assertThat(source.firstParents(merge, Optional.of(root), 2).complete()).isTrue();
      assertThat(source.firstParents(merge, Optional.of(root), 1).complete()).isFalse();
      assertThat(source.firstParents(merge, Optional.of(feature), 10))
          .satisfies(h -> assertThat(ids(h)).containsExactly(merge, plain, root))
          .satisfies(h -> assertThat(h.complete()).isFalse());
      assertThat(source.commit(merge).parents()).containsExactly(plain, feature);
    }
  }

  @Test
  void anUnknownCommitIsAnErrorThatNamesIt() {
    // Given
    commit("one");
    String unknown = "0123456789012345678901234567890123456789";
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();

      // When / Then
      assertThatThrownBy(() -> source.snapshot(unknown)).hasMessageContaining(unknown);
      assertThatThrownBy(() -> source.snapshot("main"))
          .hasMessageContaining("\"main\" is no full id");
    }
  }

  @Test
  void manyFetchesKeepTheCloneSmallAndReadable() {
    // Given
    try (GitSource source = GitSource.open(config, clock)) {
      String first = commit("0");

      // When
      for (int i = 1; i <= 60; i++) {
        commit(Integer.toString(i));
        assertThat(source.fetch()).isInstanceOf(Head.class);
      }

      // Then
      assertThat(config.cache().resolve("shop.git/objects/pack"))
          .isDirectoryNotContaining("glob:**/tmp_*")
          .satisfies(packs -> assertThat(packs.toFile().listFiles()).hasSizeLessThan(180));
      assertThat(read(source, first)).isEqualTo("0");
    }
  }

  private String commit(String text) {
    return origin.commit("main", Origin.content().file("a", text), "says " + text);
  }

  private ObjectId blobOf(String commit) throws IOException {
    return Objects.requireNonNull(origin.repository().resolve(commit + ":a"));
  }

  private static String read(GitSource source, String commit) {
    return new String(source.snapshot(commit).read("a").orElseThrow(), UTF_8);
  }

  private static <T> T printingTo(ByteArrayOutputStream out, Supplier<T> work) {
    PrintStream before = System.err;
    System.setErr(new PrintStream(out, true, UTF_8));
    try {
      return work.get();
    } finally {
      System.setErr(before);
    }
  }

  private static Cause cause(FetchResult result) {
    assertThat(result).isInstanceOf(Unreachable.class);
    return ((Unreachable) result).cause();
  }

  private static List<String> ids(History history) {
    return history.commits().stream().map(CommitInfo::id).toList();
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(7).nextBytes(noise);
    return noise;
  }

  private static void truncatePacks(Path clone, int bytes) throws IOException {
    try (Stream<Path> files = Files.walk(clone.resolve("objects"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pack")).toList()) {
        file.toFile().setWritable(true);
        try (FileChannel pack = FileChannel.open(file, StandardOpenOption.WRITE)) {
          pack.truncate(bytes);
        }
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
