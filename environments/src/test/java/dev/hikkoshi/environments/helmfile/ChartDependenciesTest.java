package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.ChartSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Charts that a chart of the repository names in its Chart.yaml. */
class ChartDependenciesTest {

  private static final String RELEASE = "releases: [{name: a, chart: ./charts/web}]";

  private static StateTree tree(String helmfile, String dependency) {
    return StateTree.of(helmfile)
        .with("charts/web/Chart.yaml", "name: web\ndependencies: [%s]\n".formatted(dependency))
        .with("charts/lib/Chart.yaml", "name: lib\nversion: 1.2.3\n");
  }

  private static ChartSource.Folder chart(StateTree tree) {
    StateTree.Apps apps = tree.apps();
    assertThat(apps.messages()).isEmpty();
    return (ChartSource.Folder) apps.apps().orElseThrow().releases().getFirst().chart();
  }

  @Test
  void aChartBesideTravelsWithTheOneThatNamesIt() {
    // When
    ChartSource.Folder chart =
        chart(tree(RELEASE, "{name: lib, version: ~1.2, repository: file://../lib}"));

    // Then
    assertThat(chart.files()).containsOnlyKeys("Chart.yaml", "charts/lib/Chart.yaml");
  }

  @Test
  void aChartBesideOfAnotherVersionOrOutsideIsAProblem() {
    // When
    StateTree.Apps older =
        tree(RELEASE, "{name: lib, version: ^2, repository: file://../lib}").apps();
    StateTree.Apps outside =
        tree(RELEASE, "{name: lib, version: ^2, repository: file://../../../lib}").apps();
    StateTree.Apps absolute =
        tree(RELEASE, "{name: lib, version: ^2, repository: file:///charts/lib}").apps();

    // Then
    assertThat(older.messages())
        .singleElement()
        .asString()
        .contains("charts/web depends on lib ^2, and charts/lib is 1.2.3");
    assertThat(outside.messages()).singleElement().asString().contains("../../../lib outside");
    assertThat(absolute.messages()).singleElement().asString().contains("/charts/lib outside");
  }

  @Test
  void anAliasIsARepositoryOfTheHelmfile() {
    // Given
    String helmfile =
        """
        repositories:
        - {name: ours, url: https://charts.example.com/x, username: u, password: p}
        - {name: reg, url: registry.example.com, oci: true}
        """
            + RELEASE;

    // When
    ChartSource.Folder alias =
        chart(tree(helmfile, "{name: db, version: 1.0.0, repository: '@ours'}"));
    ChartSource.Folder older =
        chart(tree(helmfile, "{name: db, version: 1.0.0, repository: 'alias:ours'}"));
    ChartSource.Folder address =
        chart(
            tree(
                helmfile, "{name: db, version: 1.0.0, repository: https://charts.example.com/x/}"));

    // Then
    var known =
        new ChartSource.Address(
            "https://charts.example.com/x",
            new ChartSource.Access(Optional.of(new ChartSource.Login("u", "p")), false, false));
    assertThat(alias.repositories()).containsExactly(Map.entry("@ours", known));
    assertThat(older.repositories()).containsExactly(Map.entry("alias:ours", known));
    assertThat(address.repositories())
        .containsExactly(Map.entry("https://charts.example.com/x/", known));
  }

  @Test
  void anAliasOfNothingOrOfARegistryIsAProblemUnlessTheChartIsThere() {
    // Given
    String helmfile =
        "repositories: [{name: reg, url: registry.example.com, oci: true}]\n" + RELEASE;

    // When
    StateTree.Apps nothing =
        tree(helmfile, "{name: db, version: 1.0.0, repository: '@regg'}").apps();
    StateTree.Apps registry =
        tree(helmfile, "{name: db, version: 1.0.0, repository: '@reg'}").apps();
    ChartSource.Folder there =
        chart(
            tree(helmfile, "{name: db, version: 1.0.0, repository: '@regg'}")
                .with("charts/web/charts/db-1.0.0.tgz", "packed"));

    // Then
    assertThat(nothing.messages())
        .singleElement()
        .asString()
        .contains("helmfile.yaml:2", "db of the repository \"regg\"", "did you mean \"reg\"?");
    assertThat(registry.messages()).singleElement().asString().contains("which is a registry");
    assertThat(there.repositories()).isEmpty();
  }
}
