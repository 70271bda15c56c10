package dev.hikkoshi.clusters.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts over the wire: the real helm, servers on loopback. */
class ChartStoreIT {

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
    assumeTrue(
        worker.isPresent() && command.isPresent(), "helm and the render worker are not built");
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
    store = storeWith(Logins.NONE);
  }

  @Test
  void anExactVersionIsFetchedOnceAndKeptOnDisk() {
    try (ChartServer server = new ChartServer()) {
      // Given
      byte[] archive =
          Tarball.chart("web", "1.2.3").file("web/templates/a.yaml", "a: b\n").packed();
      server.index("web", Map.of("1.2.3", "web-1.2.3.tgz")).file("/web-1.2.3.tgz", archive);
      ChartSource.Repository source = repository(server, "web", "1.2.3", Access.OPEN);

      // When
      RemoteChart first = store.get(source);
      RemoteChart again = storeWith(Logins.NONE).get(source);

      // Then
      assertThat(first.version()).isEqualTo("1.2.3");
      assertThat(first.digest()).isEqualTo(ArchiveCache.digest(archive)).isEqualTo(again.digest());
      assertThat(first.files()).containsOnlyKeys("Chart.yaml", "templates/a.yaml");
      assertThat(server.asked()).hasSize(2);
    }
  }

  @Test
  void aRangeComesToItsNewestVersion() {
    try (ChartServer server = new ChartServer()) {
      // Given
      server
          .index("web", new TreeMap<>(Map.of("1.2.3", "a.tgz", "1.4.0", "b.tgz", "2.0.0", "c.tgz")))
          .file("/b.tgz", Tarball.chart("web", "1.4.0").packed());

      // When
      RemoteChart chart = store.get(repository(server, "web", "^1.0.0", Access.OPEN));

      // Then
      assertThat(chart.version()).isEqualTo("1.4.0");
    }
  }

  @Test
  void aChartOfARegistryIsFetchedByTagAndByDigest() {
    try (ChartServer server = new ChartServer()) {
      // Given
      byte[] archive = Tarball.chart("web", "1.2.3").packed();
      server.push("charts/web", "web", "1.2.3", archive);

      // When
      RemoteChart chart =
          store.get(registry("127.0.0.1:" + server.port() + "/charts/web", Access.OPEN));

      // Then
      assertThat(chart.digest()).isEqualTo(ArchiveCache.digest(archive));
    }
  }

  @Test
  void aLoginGoesToItsOwnServerAndNotToTheHostOfTheArchive() {
    try (ChartServer index = new ChartServer().onlyFor("ci", PASSWORD);
        ChartServer archives = new ChartServer()) {
      // Given
      index.index("web", Map.of("1.2.3", archives.url() + "/web.tgz"));
      archives.file("/web.tgz", Tarball.chart("web", "1.2.3").packed());
      Access access = new Access(Optional.of(new Login("ci", PASSWORD)), false, false);

      // When
      store.get(repository(index, "web", "1.2.3", access));

      // Then
      assertThat(index.asked()).allMatch(asked -> asked.authorization().isPresent());
      assertThat(archives.asked()).isNotEmpty().allMatch(asked -> asked.authorization().isEmpty());
    }
  }

  @Test
  void aConfiguredLoginIsForItsExactOrigin() throws IOException {
    try (ChartServer known = new ChartServer().onlyFor("ci", PASSWORD);
        ChartServer stranger = new ChartServer()) {
      // Given
      Path file = folder.resolve("logins.json");
      Files.writeString(
          file,
          "{\"%s\": {\"username\": \"ci\", \"password\": \"%s\"}}"
              .formatted(known.url(), PASSWORD));
      ChartStore withLogins = storeWith(Logins.in(file));
      byte[] archive = Tarball.chart("web", "1.2.3").packed();
      known.index("web", Map.of("1.2.3", "web.tgz")).file("/web.tgz", archive);
      stranger.index("web", Map.of("1.2.3", "web.tgz")).file("/web.tgz", archive);

      // When
      withLogins.get(repository(known, "web", "1.2.3", Access.OPEN));
      withLogins.get(repository(stranger, "web", "1.2.3", Access.OPEN));

      // Then
      assertThat(stranger.asked()).isNotEmpty().allMatch(asked -> asked.authorization().isEmpty());
    }
  }

  @Test
  void aRefusalNamesTheServerAndNoCredential() {
    try (ChartServer server = new ChartServer().onlyFor("ci", "another")) {
      // Given
      Access access = new Access(Optional.of(new Login("ci", PASSWORD)), false, false);

      // When
      ChartException failure =
          catchThrowableOfType(
              ChartException.class, () -> store.get(repository(server, "web", "1.0.0", access)));

      // Then
      assertThat(failure).hasMessageContaining(server.url()).hasMessageContaining("401");
      assertThat(failure.getMessage()).doesNotContain(PASSWORD);
      assertThat(failure.reason()).isEqualTo(Reason.WRONG);
    }
  }

  @Test
  void aServerThatIsAwayIsNoMistakeOfTheDefinition() {
    // Given
    ChartSource.Repository away =
        new ChartSource.Repository(
            "http://127.0.0.1:1", "web", Optional.of("1.0.0"), false, Access.OPEN);

    // When
    ChartException failure = catchThrowableOfType(ChartException.class, () -> store.get(away));

    // Then
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
  }

  @Test
  void aDamagedFileOfTheCacheIsNoHit() throws IOException {
    try (ChartServer server = new ChartServer()) {
      // Given
      byte[] archive = Tarball.chart("web", "1.2.3").packed();
      server.index("web", Map.of("1.2.3", "web.tgz")).file("/web.tgz", archive);
      ChartSource.Repository source = repository(server, "web", "1.2.3", Access.OPEN);
      store.get(source);
      Path kept = folder.resolve("archives").resolve(ArchiveCache.digest(archive));
      Files.write(kept, Tarball.chart("web", "6.6.6").packed());

      // When
      RemoteChart chart = storeWith(Logins.NONE).get(source);

      // Then
      assertThat(chart.version()).isEqualTo("1.2.3");
      assertThat(server.asked()).hasSize(4);
    }
  }

  @Test
  void nothingOfAFetchIsLeftBehind() throws IOException {
    try (ChartServer server = new ChartServer()) {
      // Given
      server
          .index("web", Map.of("1.2.3", "web.tgz"))
          .file("/web.tgz", Tarball.chart("web", "1.2.3").packed());

      // When
      store.get(repository(server, "web", "1.2.3", Access.OPEN));

      // Then
      try (Stream<Path> left = Files.list(folder.resolve("work"))) {
        assertThat(left).isEmpty();
      }
    }
  }

  @Test
  void dependenciesComeIntoTheChart() {
    try (ChartServer server = new ChartServer()) {
      // Given
      server
          .index("cache", new TreeMap<>(Map.of("2.3.4", "c.tgz", "2.9.0", "d.tgz")))
          .file("/c.tgz", Tarball.chart("cache", "2.3.4").packed());
      TreeMap<String, byte[]> chart = new TreeMap<>();
      String wanted = "dependencies:\n- {name: cache, repository: \"%s\", version: %s}\n";
      chart.put(
          "Chart.yaml",
          bytes(
              "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
                  + wanted.formatted(server.url(), "^2")));
      chart.put("Chart.lock", bytes(wanted.formatted(server.url(), "2.3.4")));

      // When
      Map<String, byte[]> complete = complete(new ChartSource.Folder("shop", chart));

      // Then
      assertThat(complete).containsKey("charts/cache/Chart.yaml").hasSize(3);
    }
  }

  @Test
  void aDependencyOfAnAliasComesFromTheHelmfilesRepositoryOfThatName() {
    try (ChartServer server = new ChartServer()) {
      // Given
      server
          .index("cache", new TreeMap<>(Map.of("2.3.4", "c.tgz")))
          .file("/c.tgz", Tarball.chart("cache", "2.3.4").packed());
      TreeMap<String, byte[]> chart = new TreeMap<>();
      chart.put(
          "Chart.yaml",
          bytes(
              "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
                  + "dependencies:\n- {name: cache, repository: \"@ours\", version: ^2}\n"));
      var known = Map.of("@ours", new ChartSource.Address(server.url(), Access.OPEN));

      // When
      Map<String, byte[]> complete =
          complete(new ChartSource.Folder("shop", chart, new TreeMap<>(known)));

      // Then
      assertThat(complete).containsKey("charts/cache/Chart.yaml");
      assertThatThrownBy(() -> complete(new ChartSource.Folder("shop", chart)))
          .isInstanceOf(ChartException.class)
          .hasMessageContaining("@ours");
    }
  }

  private Map<String, byte[]> complete(ChartSource.Folder chart) {
    return new Dependencies(store, () -> pool).complete(chart);
  }

  private ChartStore storeWith(Logins logins) {
    return new ChartStore(() -> helm, folder, logins, () -> pool, InstantSource.system());
  }

  private static ChartSource.Repository repository(
      ChartServer server, String chart, String version, Access access) {
    return new ChartSource.Repository(server.url(), chart, Optional.of(version), false, access);
  }

  private static ChartSource.Registry registry(String reference, Access access) {
    return new ChartSource.Registry(
        "oci://" + reference, Optional.of("1.2.3"), Optional.empty(), false, true, access);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
