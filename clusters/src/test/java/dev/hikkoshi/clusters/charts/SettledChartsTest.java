package dev.hikkoshi.clusters.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.hikkoshi.clusters.testing.MemoryTree;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Definitions;
import dev.hikkoshi.environments.definition.Reading;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a range of chart versions comes to is part of what a commit is. */
class SettledChartsTest {

  private static final String ENVIRONMENT =
      """
      apiVersion: hikkoshi.dev/v1alpha1
      kind: Environment
      metadata: {name: shop}
      spec:
        mode: plan
        region: ap-northeast-1
        account: "111122223333"
        cluster: {config: cluster.yaml}
        apps: {helmfile: helmfile.yaml}
      """;

  private static final String CLUSTER =
      """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata: {region: ap-northeast-1, version: "1.36"}
      iam: {serviceRoleARN: eks-cluster}
      vpc:
        subnets:
          private:
            ap-northeast-1a: {id: subnet-0a1}
            ap-northeast-1c: {id: subnet-0c1}
      """;

  private static final String HELMFILE =
      """
      repositories: [{name: stable, url: https://charts.example.com}]
      releases:
      - {name: api, namespace: api, chart: stable/api, version: %s}
      """;

  private final Server server = new Server();
  private final List<Runnable> later = new ArrayList<>();
  private final Memory kept = new Memory();
  private SettledCharts settled = new SettledCharts(server, kept, later::add);

  /** What a management cluster keeps, which may be away. */
  private static final class Memory implements Settlements {

    private final Map<String, Map<String, Settled>> definitions = new LinkedHashMap<>();
    private boolean away;

    @Override
    public Kept of(String environment) {
      if (away) {
        throw new IllegalStateException("the management cluster does not answer");
      }
      return new Kept() {
        @Override
        public Map<String, Settled> definition(String digest) {
          return definitions.getOrDefault(digest, Map.of());
        }

        @Override
        public Map<String, Settled> newest() {
          Map<String, Settled> newest = new HashMap<>();
          definitions.values().forEach(newest::putAll);
          return newest;
        }
      };
    }

    @Override
    public Map<String, Settled> keep(
        String environment, String definition, Map<String, Settled> ranges) {
      Map<String, Settled> all = new TreeMap<>(ranges);
      all.putAll(definitions.getOrDefault(definition, Map.of()));
      definitions.put(definition, all);
      return all;
    }
  }

  private void restart() {
    settled = new SettledCharts(server, kept, later::add);
  }

  private void answers() {
    later.forEach(Runnable::run);
    later.clear();
  }

  /** A chart repository with one newest version, which may be away. */
  private static final class Server implements RemoteCharts {

    private Optional<String> newest = Optional.empty();
    private int asked;

    @Override
    public RemoteChart get(ChartSource.Repository source) {
      asked++;
      String version =
          newest.orElseThrow(
              () -> new ChartException(ChartException.Reason.UNREACHABLE, "it is away"));
      return new RemoteChart(version, "sha-of-" + version, new TreeMap<>());
    }

    @Override
    public RemoteChart get(ChartSource.Registry source) {
      throw new ChartException(ChartException.Reason.WRONG, "there is no such registry");
    }
  }

  private Definition read(String version) {
    return read(version, "");
  }

  /** Another text is another definition, though its charts are the same. */
  private Definition read(String version, String more) {
    MemoryTree tree =
        new MemoryTree()
            .with("shop/environment.yaml", ENVIRONMENT)
            .with("shop/cluster.yaml", CLUSTER)
            .with("shop/helmfile.yaml", HELMFILE.formatted(version) + more);
    Templates none = _ -> new Templates.Failed("there are no templates", 0, 0, "", false);
    List<Reading> readings = settled.settled(Definitions.read(tree, "", none, Secrets.NONE));
    assertThat(readings).singleElement().isInstanceOf(Reading.Good.class);
    return ((Reading.Good) readings.getFirst()).definition();
  }

  private static String chart(Definition definition) {
    WantedRelease release = definition.apps().releases().getFirst();
    return release.chart().toString();
  }

  @Test
  void aRangeIsOneVersionForADefinitionAndCountsIntoItsDigests() {
    // Given
    server.newest = Optional.of("1.2.3");

    // When
    Definition first = read("~1.2");
    server.newest = Optional.of("1.2.4");
    Definition same = read("~1.2");
    Definition changed = read("~1.2", "# changed\n");
    answers();
    Definition later = read("~1.2", "# changed again\n");

    // Then
    assertThat(chart(first)).isEqualTo("https://charts.example.com api 1.2.3");
    assertThat(same.digest()).isEqualTo(first.digest());
    assertThat(chart(changed)).isEqualTo("https://charts.example.com api 1.2.3");
    assertThat(chart(later)).isEqualTo("https://charts.example.com api 1.2.4");
    assertThat(later.digest()).isNotEqualTo(changed.digest());
    assertThat(later.appDigest()).isNotEqualTo(changed.appDigest());
  }

  @Test
  void afterARestartAndAfterARevertADefinitionIsTheChartsThatItWas() {
    // Given
    server.newest = Optional.of("1.2.3");
    Definition first = read("~1.2");
    server.newest = Optional.of("1.2.4");

    // When
    restart();
    Definition restarted = read("~1.2");
    read("~1.2", "# changed\n");
    answers();
    Definition changed = read("~1.2", "# changed again\n");
    Definition reverted = read("~1.2");

    // Then
    assertThat(restarted.digest()).isEqualTo(first.digest());
    assertThat(chart(changed)).isEqualTo("https://charts.example.com api 1.2.4");
    assertThat(reverted.digest()).isEqualTo(first.digest());
    assertThat(chart(reverted)).isEqualTo("https://charts.example.com api 1.2.3");
  }

  @Test
  void whereItIsNotKnownWhatWasKeptNothingIsSettled() {
    // Given
    server.newest = Optional.of("1.2.3");
    kept.away = true;

    // When, Then
    assertThatIllegalStateException()
        .isThrownBy(() -> read("~1.2"))
        .withMessage("the management cluster does not answer");
    assertThat(server.asked).isZero();
  }

  @Test
  void aServerThatIsAwayHoldsUpNothing() {
    // Given
    Definition away = read("~1.2");
    server.newest = Optional.of("1.2.3");
    Definition there = read("~1.2");

    // When
    server.newest = Optional.empty();
    restart();
    Definition gone = read("~1.2");
    Definition changed = read("~1.2", "# changed\n");
    answers();
    Definition after = read("~1.2", "# changed\n");

    // Then
    assertThat(chart(away)).isEqualTo("https://charts.example.com api ~1.2");
    assertThat(away.appDigest()).isNotEqualTo(there.appDigest());
    assertThat(gone.digest()).isEqualTo(there.digest());
    assertThat(chart(changed)).isEqualTo("https://charts.example.com api 1.2.3");
    assertThat(after.digest()).isEqualTo(changed.digest());
  }

  @Test
  void anExactVersionIsNotAskedFor() {
    // When
    Definition definition = read("1.2.3");

    // Then
    assertThat(chart(definition)).isEqualTo("https://charts.example.com api 1.2.3");
    assertThat(server.asked).isZero();
  }
}
