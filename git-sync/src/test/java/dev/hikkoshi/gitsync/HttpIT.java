package dev.hikkoshi.gitsync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.gitsync.FetchResult.Cause;
import dev.hikkoshi.gitsync.FetchResult.Head;
import dev.hikkoshi.gitsync.FetchResult.Unreachable;
import dev.hikkoshi.gitsync.PushResult.Exists;
import dev.hikkoshi.gitsync.PushResult.Pushed;
import dev.hikkoshi.gitsync.PushResult.Refused;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources over http, served by Git's own backend. */
class HttpIT {

  private static final String PASSWORD = "hunter2-correct-horse";

  @TempDir private Path temp;

  private final TestClock clock = new TestClock();
  private GitHttpServer server;
  private Origin origin;
  private SourceConfig config;
  private String first;

  @BeforeEach
  void start() throws IOException {
    server = new GitHttpServer(temp);
    origin = Origin.at(temp.resolve("origin.git"));
    first = origin.commit("main", Origin.content().file("a", "one"), "one");
    config = SourceConfig.of("shop", server.url("origin.git"), "main", temp.resolve("cache"));
  }

  @AfterEach
  void end() {
    origin.close();
    server.close();
  }

  @Test
  void fetchesAndFollowsWithCredentials() throws IOException {
    // Given
    server.require("robot", PASSWORD);
    try (GitSource source = GitSource.open(config.withCredentials(login(PASSWORD)), clock)) {
      // When
      FetchResult before = source.fetch();
      String second = origin.commit("main", Origin.content().file("a", "two"), "two");
      FetchResult after = source.fetch();

      // Then
      assertThat(before).isEqualTo(new Head(first, TestClock.START));
      assertThat(after).isEqualTo(new Head(second, TestClock.START));
      assertThat(source.snapshot(second).read("a").orElseThrow()).isEqualTo("two".getBytes(UTF_8));
    }
  }

  @Test
  void aRefusedPasswordIsShownWithoutIt() throws IOException {
    // Given
    server.require("robot", "another");
    try (GitSource source = GitSource.open(config.withCredentials(login(PASSWORD)), clock)) {
      // When
      FetchResult refused = source.fetch();

      // Then
      assertThat(((Unreachable) refused).cause()).isEqualTo(Cause.AUTHENTICATION);
      assertThat(refused.toString()).doesNotContain(PASSWORD);
      assertThat(server.authorizations()).isNotEmpty();

      // When
      server.require("robot", PASSWORD);

      // Then
      assertThat(source.fetch()).isInstanceOf(Head.class);
    }
  }

  @Test
  void passwordsMayRotate() throws IOException {
    // Given
    server.require("robot", "old");
    Optional<Path> folder = login("old");
    try (GitSource source = GitSource.open(config.withCredentials(folder), clock)) {
      source.fetch();

      // When
      server.require("robot", "new");
      Files.writeString(folder.orElseThrow().resolve("password"), "new");

      // Then
      assertThat(source.fetch()).isInstanceOf(Head.class);
    }
  }

  @Test
  void noCredentialsWhereSomeAreWantedIsShown() {
    // Given
    server.require("robot", PASSWORD);

    // When
    try (GitSource source = GitSource.open(config, clock)) {
      // Then
      assertThat(((Unreachable) source.fetch()).cause()).isEqualTo(Cause.AUTHENTICATION);
    }
  }

  @Test
  void credentialsAreNotSentWhereARedirectLeads() throws IOException {
    // Given
    try (GitHttpServer other = new GitHttpServer(temp)) {
      other.require("robot", PASSWORD);
      server.before(
          exchange -> {
            exchange
                .getResponseHeaders()
                .set("Location", other.url("origin.git/info/refs?service=git-upload-pack"));
            exchange.sendResponseHeaders(302, -1);
            return true;
          });

      // When
      try (GitSource source = GitSource.open(config.withCredentials(login(PASSWORD)), clock)) {
        FetchResult result = source.fetch();

        // Then
        assertThat(((Unreachable) result).why()).contains("redirects to another place");
        assertThat(other.authorizations()).isEmpty();
      }
    }
  }

  @Test
  void aMissingRepositoryIsNamed() {
    // When
    SourceConfig missing =
        SourceConfig.of("shop", server.url("nothing.git"), "main", temp.resolve("cache"));
    try (GitSource source = GitSource.open(missing, clock)) {
      // Then
      assertThat(((Unreachable) source.fetch()).cause()).isEqualTo(Cause.REPOSITORY_MISSING);
    }
  }

  @Test
  void anAnswerThatIsCutIsShownAndTheNextFetchRecovers() {
    // Given
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();
      String second = origin.commit("main", Origin.content().file("a", "two"), "two");
      server.before(
          exchange -> {
            if (!exchange.getRequestMethod().equals("POST")) {
              return false;
            }
            exchange
                .getResponseHeaders()
                .set("Content-Type", "application/x-git-upload-pack-result");
            exchange.sendResponseHeaders(200, 100);
            try (OutputStream body = exchange.getResponseBody()) {
              body.write("0008NAK\n".getBytes(UTF_8));
            } catch (IOException _) {
              // less than promised, on purpose
            }
            return true;
          });

      // When
      FetchResult cut = source.fetch();
      server.before(exchange -> false);
      FetchResult whole = source.fetch();

      // Then
      assertThat(((Unreachable) cut).cause()).isEqualTo(Cause.CONNECTION);
      assertThat(cut.lastHead()).map(Head::commit).contains(first);
      assertThat(whole).isEqualTo(new Head(second, TestClock.START));
    }
  }

  @Test
  void aRemoteThatNeverAnswersIsGivenUp() throws IOException {
    // Given
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      SourceConfig stuck =
          SourceConfig.of(
                  "shop",
                  "http://127.0.0.1:" + silent.getLocalPort() + "/a",
                  "main",
                  temp.resolve("cache"))
              .withTimeouts(
                  new SourceConfig.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(3), 1 << 30));

      // When
      try (GitSource source = GitSource.open(stuck, clock)) {
        // Then
        assertThat(((Unreachable) source.fetch()).cause()).isIn(Cause.CONNECTION, Cause.TOO_LARGE);
      }
    }
  }

  @Test
  void aRemoteThatSendsAByteNowAndThenIsEnded() {
    // Given
    server.before(
        exchange -> {
          exchange
              .getResponseHeaders()
              .set("Content-Type", "application/x-git-upload-pack-advertisement");
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          // A long line is promised.
          body.write("001e# service=git-upload-pack\n0000ff00".getBytes(UTF_8));
          for (int i = 0; i < 600; i++) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            body.write('x');
            body.flush();
          }
          return true;
        });
    SourceConfig bounded =
        config.withTimeouts(
            new SourceConfig.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), 1 << 30));

    // When
    try (GitSource source = GitSource.open(bounded, clock)) {
      // Then
      assertThat(source.fetch())
          .isInstanceOfSatisfying(
              Unreachable.class,
              u -> assertThat(u.why()).isEqualTo("not done within 2 s, so it was ended"));
    }
  }

  @Test
  void pushesOneBranchAndLosesARaceWithoutHarm() {
    // Given
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();

      // When
      PushResult pushed = source.push(push("hikkoshi/shop-1.37"));
      server.before(
          exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/git-receive-pack")
                && origin.head("hikkoshi/shop-1.38").isEmpty()) {
              origin.point("hikkoshi/shop-1.38", ObjectId.fromString(first));
            }
            return false;
          });
      PushResult lost = source.push(push("hikkoshi/shop-1.38"));

      // Then
      assertThat(pushed).isInstanceOf(Pushed.class);
      assertThat(lost).isEqualTo(new Exists("hikkoshi/shop-1.38"));
      assertThat(origin.head("hikkoshi/shop-1.38")).contains(ObjectId.fromString(first));
    }
  }

  @Test
  void aPushThatIsNotPermittedIsRefused() {
    // Given
    try (GitSource source = GitSource.open(config, clock)) {
      source.fetch();
      server.before(
          exchange -> {
            String uri = exchange.getRequestURI().toString();
            if (!uri.contains("receive-pack")) {
              return false;
            }
            exchange.sendResponseHeaders(403, -1);
            return true;
          });

      // When / Then
      assertThat(source.push(push("hikkoshi/shop-1.37"))).isInstanceOf(Refused.class);
      assertThat(origin.head("hikkoshi/shop-1.37")).isEmpty();
    }
  }

  private BranchPush push(String branch) {
    return new BranchPush(
        first, branch, Map.of("a", "two".getBytes(UTF_8)), "message", "Hikkoshi", "h@example.com");
  }

  private Optional<Path> login(String password) throws IOException {
    Path folder = Files.createDirectories(temp.resolve("credentials"));
    Files.writeString(folder.resolve("username"), "robot");
    Files.writeString(folder.resolve("password"), password + "\n");
    return Optional.of(folder);
  }
}
