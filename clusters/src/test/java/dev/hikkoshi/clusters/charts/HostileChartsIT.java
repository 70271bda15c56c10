package dev.hikkoshi.clusters.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.charts.ChartException.Reason;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.testing.ChartServer;
import dev.hikkoshi.clusters.testing.Tarball;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.ChartSource.Access;
import dev.hikkoshi.environments.port.ChartSource.Login;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chart servers that mean harm; after each attempt a good chart is fetched as before. */
class HostileChartsIT {

  private static final String PASSWORD = "correct-horse-battery";

  private static Path helm;
  private static RenderPool pool;
  @TempDir Path folder;
  private ChartStore store;

  @BeforeAll
  static void start() {
    Toolbox toolbox = Toolbox.standard(InstantSource.system(), ProgressListener.silent());
    Optional<Path> worker = toolbox.present(Tool.RENDER.pinned());
    Optional<Path> command = toolbox.present(Tool.HELM.pinned());
    assumeTrue(worker.isPresent() && command.isPresent(), "helm and the worker are not built");
    helm = command.orElseThrow();
    pool = new RenderPool(worker.orElseThrow(), RenderOptions.DEFAULT);
  }

  @AfterAll
  static void stop() {
    if (pool != null) {
      pool.close();
    }
  }

  @BeforeEach
  void open() {
    store = new ChartStore(() -> helm, folder, Logins.NONE, () -> pool, InstantSource.system());
  }

  @AfterEach
  void theStoreIsUnharmed() {
    try (ChartServer server = serving(Tarball.chart("web", "9.9.9"), "9.9.9")) {
      assertThat(store.get(repository(server.url(), "9.9.9", Access.OPEN)).version())
          .isEqualTo("9.9.9");
    }
  }

  @ParameterizedTest
  @DisplayName("CVE-2023-40584, 2022-24348: archives that grow, link or lead out are refused")
  @ValueSource(strings = {"bomb", "link", "way out", "no chart"})
  void archivesAreLookedInto(String how) {
    // Given
    Tarball archive =
        switch (how) {
          case "bomb" -> Tarball.chart("web", "1.0.0").zeros("web/zeros", 64 << 20);
          case "link" -> Tarball.chart("web", "1.0.0").link("web/a", "/etc/passwd");
          case "way out" -> Tarball.chart("web", "1.0.0").file("web/../../a", "x");
          default -> new Tarball().file("web/a", "x");
        };
    try (ChartServer server = serving(archive, "1.0.0")) {
      // When
      ChartException failure = failure(repository(server.url(), "1.0.0", Access.OPEN));

      // Then
      assertThat(failure.reason()).isEqualTo(Reason.WRONG);
      assertThat(failure).hasMessageContaining(server.url());
    }
  }

  @Test
  @DisplayName("CVE-2024-29893: an index that never ends is ended")
  void anEndlessIndexIsEnded() {
    try (ChartServer server = new ChartServer().endless()) {
      // When
      ChartException failure = failure(repository(server.url(), "1.0.0", Access.OPEN));

      // Then
      assertThat(failure).hasMessageContaining("helm was stopped at " + server.url());
    }
  }

  @ParameterizedTest
  @DisplayName("CVE-2026-15416, 2021-41254: what is named is never a flag, a file or a command")
  @ValueSource(
      strings = {"--post-renderer=./run", "-h", "../../etc", "web; touch /tmp/x", "/etc/passwd"})
  void namesAreNames(String chart) {
    // Given
    ChartSource.Repository source =
        new ChartSource.Repository(
            "http://127.0.0.1:1", chart, Optional.of("1.0.0"), false, Access.OPEN);

    // When
    ChartException failure = catchThrowableOfType(ChartException.class, () -> store.get(source));

    // Then
    assertThat(failure).hasMessageContaining("not a chart's name");
  }

  @ParameterizedTest
  @DisplayName("CVE-2022-24348: a repository is a server, never a file or a program")
  @ValueSource(strings = {"file:///etc", "ext::sh -c id", "http://ci:pw@127.0.0.1:1", "/etc"})
  void repositoriesAreServers(String url) {
    // When
    ChartException failure = failure(repository(url, "1.0.0", Access.OPEN));

    // Then
    assertThat(failure.reason()).isEqualTo(Reason.WRONG);
    assertThat(failure.getMessage()).doesNotContain("pw@");
  }

  @Test
  @DisplayName("CVE-2026-44936, GHSA-94mc-2ch7-r5r5: a login goes to its exact origin only")
  void aLoginGoesToItsOrigin() {
    try (ChartServer index = new ChartServer().onlyFor("ci", PASSWORD);
        ChartServer other = new ChartServer()) {
      // Given
      index.index("web", Map.of("1.0.0", other.url() + "/web.tgz"));
      other.file("/web.tgz", Tarball.chart("web", "1.0.0").packed());
      Access access = new Access(Optional.of(new Login("ci", PASSWORD)), false, false);

      // When
      store.get(repository(index.url(), "1.0.0", access));

      // Then
      assertThat(other.asked()).isNotEmpty().allMatch(a -> a.authorization().isEmpty());
    }
  }

  @Test
  @DisplayName("CVE-2023-25163, 2024-31216: no credential in any message")
  void noCredentialInMessages() {
    try (ChartServer server = new ChartServer().onlyFor("ci", "another")) {
      // Given
      Access access = new Access(Optional.of(new Login("ci", PASSWORD)), false, false);

      // When
      ChartException failure = failure(repository(server.url(), "1.0.0", access));

      // Then
      assertThat(failure.toString()).contains("401").doesNotContain(PASSWORD);
    }
  }

  private ChartException failure(ChartSource.Repository source) {
    return catchThrowableOfType(ChartException.class, () -> store.get(source));
  }

  private static ChartServer serving(Tarball archive, String version) {
    return new ChartServer()
        .index("web", Map.of(version, "web.tgz"))
        .file("/web.tgz", archive.packed());
  }

  private static ChartSource.Repository repository(String url, String version, Access access) {
    return new ChartSource.Repository(url, "web", Optional.of(version), false, access);
  }
}
