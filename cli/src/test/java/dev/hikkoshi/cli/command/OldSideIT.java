package dev.hikkoshi.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.cli.SampleRepository;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.apps.Ranges;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.cli.definitions.FetchedCommit;
import dev.hikkoshi.cli.definitions.RemoteCommit;
import dev.hikkoshi.clusters.testing.ChartServer;
import dev.hikkoshi.clusters.testing.Tarball;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.desired.Desired.MixedChange;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.simulator.Scenario;
import dev.hikkoshi.environments.simulator.Wishes;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.Toolbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 8 in a plan: real commits, rendered by the real worker. */
class OldSideIT {

  private static final String CLUSTER = "shop/cluster.yaml";

  @TempDir Path folder;
  private SampleRepository repository;
  private EnvironmentRecord record;

  @BeforeEach
  void serve() throws IOException {
    assumeTrue(
        Toolbox.standard(InstantSource.system(), ProgressListener.silent())
            .present(Tool.RENDER.pinned())
            .isPresent(),
        "the render worker is not built");
    repository = SampleRepository.in(Files.createDirectory(folder.resolve("origin")));
    repository.commit("first");
    record = Scenario.serving(Wishes.sample("1.36")).record();
  }

  @AfterEach
  void close() {
    if (repository != null) {
      repository.close();
    }
  }

  private Session session() {
    return new Session(
        InstantSource.system(),
        Map.of("XDG_CACHE_HOME", folder.resolve("cache").toString()),
        new PrintWriter(new StringWriter()),
        new PrintWriter(new StringWriter()),
        false,
        () -> "",
        folder,
        _ -> false);
  }

  private Observation<MixedChange> judged() {
    RemoteCommit head =
        new RemoteCommit(repository.url(), "main", Optional.empty(), "", Optional.empty());
    try (Worker worker = new Worker(session());
        FetchedCommit commit = head.read(session(), worker.templates(), Secrets.NONE)) {
      Ranges ranges = Ranges.asking(worker, Optional.empty(), _ -> {});
      return new OldSide(Optional.of(commit), worker, ranges).judge(definition(commit), record);
    }
  }

  private static Definition definition(FetchedCommit commit) {
    return commit.files().readings().stream()
        .map(reading -> ((Reading.Good) reading).definition())
        .findFirst()
        .orElseThrow();
  }

  private SampleRepository upgraded() {
    return repository.replace(CLUSTER, "version: \"1.36\"", "version: \"1.37\"");
  }

  @Test
  void aCommitThatChangesOnlyTheClusterPasses() {
    // When
    upgraded().commit("upgrade");

    // Then
    assertThat(judged().known().orElseThrow())
        .satisfies(
            change -> {
              assertThat(change.same()).isTrue();
              assertThat(change.evidence()).endsWith("changes only the cluster");
            });
  }

  @Test
  void aChartThatRendersAsBeforePasses() {
    // When
    upgraded()
        .replace("shop/charts/web/templates/service.yaml", "apiVersion", "{{/* why */}}apiVersion")
        .commit("upgrade, and a comment");

    // Then
    assertThat(judged().known().orElseThrow())
        .satisfies(
            change -> {
              assertThat(change.same()).isTrue();
              assertThat(change.evidence()).contains("leaves every manifest");
            });
  }

  @Test
  void aChartThatRendersOtherwiseIsNamed() {
    // When
    upgraded()
        .replace("shop/charts/web/templates/service.yaml", "port: 80", "port: 81")
        .commit("upgrade, and another port");

    // Then
    assertThat(judged().known().orElseThrow())
        .satisfies(
            change -> {
              assertThat(change.same()).isFalse();
              assertThat(change.evidence())
                  .contains("changes the cluster and also")
                  .contains("web");
            });
  }

  @Test
  void aChartFromElsewhereIsFetchedForBothCommits() {
    // Given
    try (ChartServer server = new ChartServer()) {
      server
          .index("far", new TreeMap<>(Map.of("1.4.0", "b.tgz")))
          .file("/b.tgz", Tarball.chart("far", "1.4.0").packed());
      repository
          .replace(
              "shop/helmfile.yaml",
              "---\nreleases:\n",
              """
              ---
              repositories: [{name: there, url: "%s"}]
              releases:
                - {name: far, namespace: web, chart: there/far, version: ^1}
              """
                  .formatted(server.url()))
          .commit("a chart from elsewhere");

      // When
      upgraded()
          .replace("shop/charts/web/templates/service.yaml", "apiVersion", "{{/**/}}apiVersion")
          .commit("upgrade, and a comment");

      // Then
      assertThat(judged().known().map(MixedChange::evidence).orElse(judged().toString()))
          .contains("leaves every manifest");
    }
  }

  @Test
  void aChartThatAsksTheClusterIsUnknown() {
    // When
    upgraded()
        .replace(
            "shop/charts/web/templates/service.yaml",
            "spec:",
            "# {{ lookup \"v1\" \"Secret\" \"web\" \"web\" | len }}\nspec:")
        .commit("upgrade, and a lookup");

    // Then
    assertThat(judged())
        .isInstanceOfSatisfying(
            Observation.Unknown.class,
            unknown -> assertThat(unknown.why()).contains("looks up Secret"));
  }

  @Test
  void aFolderHasNothingBeforeIt() {
    // Given
    upgraded().commit("upgrade");
    RemoteCommit head =
        new RemoteCommit(repository.url(), "main", Optional.empty(), "", Optional.empty());

    // Then
    try (Worker worker = new Worker(session());
        FetchedCommit commit = head.read(session(), worker.templates(), Secrets.NONE)) {
      OldSide old = new OldSide(Optional.empty(), worker, Ranges.offline());
      assertThat(old.judge(definition(commit), record))
          .isInstanceOfSatisfying(
              Observation.Unknown.class,
              unknown -> assertThat(unknown.why()).contains("plan --git URL"));
    }
  }
}
