package dev.hikkoshi.clusters.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hikkoshi.clusters.charts.Settlements.Settled;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ranges came to, in ConfigMaps of a real API server. */
class KeptChartsIT {

  private static final String RANGE = "https://charts.example.com api ~1.2";
  private static final Settled OLD = new Settled("1.2.3", "sha-3");
  private static final Settled NEW = new Settled("1.2.4", "sha-4");

  @TempDir static Path folder;
  private static LocalControlPlane plane;
  private static Management management;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(LocalControlPlane.missing().isEmpty(), "tools are not built");
    plane = LocalControlPlane.start(folder);
    management = Management.connect(Optional.of(plane.kubeconfig()), Optional.empty());
  }

  @AfterAll
  static void stop() {
    if (plane != null) {
      management.close();
      plane.close();
    }
  }

  @Test
  void whatWasKeptFirstCountsForAnotherProcessToo() {
    // Given
    KeptCharts one = new KeptCharts(management);
    KeptCharts other = new KeptCharts(management);

    // When
    Map<String, Settled> first = one.keep("shop", "d1", Map.of(RANGE, OLD));
    Map<String, Settled> second = other.keep("shop", "d1", Map.of(RANGE, NEW, "more", NEW));
    other.keep("shop", "d2", Map.of(RANGE, NEW));

    // Then
    assertThat(first).isEqualTo(Map.of(RANGE, OLD));
    assertThat(second).isEqualTo(Map.of(RANGE, OLD, "more", NEW));
    assertThat(one.of("shop").definition("d1")).isEqualTo(second);
    assertThat(one.of("shop").newest()).isEqualTo(Map.of(RANGE, NEW, "more", NEW));
    assertThat(one.of("shop").definition("d3")).isEmpty();
    assertThat(one.of("another").newest()).isEmpty();
  }

  @Test
  void manyAtOnceLoseNothing() throws Exception {
    // Given
    KeptCharts kept = new KeptCharts(management);
    List<Future<?>> all = new ArrayList<>();

    // When
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (int i = 0; i < 3; i++) {
        String definition = "d" + i;
        all.add(threads.submit(() -> kept.keep("busy", definition, Map.of(RANGE, OLD))));
      }
    }
    for (Future<?> one : all) {
      one.get();
    }

    // Then
    assertThat(IntStream.range(0, 3).mapToObj(i -> kept.of("busy").definition("d" + i)))
        .containsOnly(Map.of(RANGE, OLD));
  }

  @Test
  void theOldestGoWhenThereAreMany() {
    // Given
    KeptCharts kept = new KeptCharts(management);

    // When
    for (int i = 0; i <= KeptCharts.MOST; i++) {
      kept.keep("long", "d" + i, Map.of(RANGE, OLD));
    }

    // Then
    assertThat(kept.of("long").definition("d0")).isEmpty();
    assertThat(kept.of("long").definition("d1")).isNotEmpty();
    assertThat(kept.of("long").definition("d" + KeptCharts.MOST)).isNotEmpty();
  }

  @Test
  void whatCannotBeReadIsNotTakenForNothing() {
    // Given
    KeptCharts kept = new KeptCharts(management);
    kept.keep("spoiled", "d1", Map.of(RANGE, OLD));
    String path = management.core("configmaps") + "/hikkoshi-charts-spoiled";
    var map = management.api().get(path).orElseThrow();
    map.withObject("/data").put("settled.json", "{");
    management.api().replace(path, Management.FIELD_MANAGER, map);

    // When, Then
    assertThatExceptionOfType(KubeException.class)
        .isThrownBy(() -> kept.of("spoiled"))
        .withMessageContaining("hikkoshi-charts-spoiled cannot be read");
  }
}
