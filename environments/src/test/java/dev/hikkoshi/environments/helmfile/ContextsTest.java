package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code kubeContext}: what templates see of it, and when it is refused. */
class ContextsTest {

  private static StateTree tree(String helmfile) {
    return StateTree.of(helmfile).with("web/Chart.yaml", "name: web\n");
  }

  private static List<Templating> seen(StateTree.Apps apps) {
    assertThat(apps.messages()).isEmpty();
    return apps.apps().orElseThrow().releases().stream().map(WantedRelease::templating).toList();
  }

  @Test
  void aReleasesOwnWinsOverTheDefaultsAndTheFilesOverBoth() {
    // Given
    String releases =
        """
        helmDefaults: {kubeContext: of-defaults}
        releases:
        - {name: a, chart: ./web}
        - {name: b, chart: ./web, kubeContext: own}
        """;

    // When
    List<Templating> plain = seen(tree(releases).appsOfAnyContexts());
    List<Templating> over = seen(tree("kubeContext: of-the-file\n" + releases).apps());

    // Then
    assertThat(plain).extracting(Templating::context).containsExactly("of-defaults", "own");
    assertThat(over).extracting(Templating::context).containsOnly("of-the-file");
    assertThat(over)
        .extracting(templating -> templating.scope().context())
        .containsOnly("of-the-file");
  }

  @Test
  void theFirstPartThatNamesAnEnvironmentsContextWins() {
    // When
    List<Templating> seen =
        seen(
            tree("""
                 environments: {default: {kubeContext: first}}
                 ---
                 environments: {default: {kubeContext: second}}
                 ---
                 releases: [{name: a, chart: ./web}]
                 """)
                .apps());

    // Then
    assertThat(seen)
        .extracting(templating -> templating.scope().environmentContext())
        .containsExactly("first");
  }

  @Test
  void releasesForSeveralContextsCannotGoIntoOneCluster() {
    // Given
    StateTree tree =
        tree(
            """
             environments: {default: {kubeContext: one}}
             ---
             releases:
             - {name: a, chart: ./web}
             - {name: b, chart: ./web, kubeContext: one}
             - {name: c, chart: ./web, kubeContext: two}
             """);

    // When
    StateTree.Apps apps = tree.apps();
    StateTree.Apps without = tree.selecting(Selector.parse("name!=c").orElseThrow()).apps();

    // Then
    assertThat(apps.messages())
        .singleElement()
        .asString()
        .contains("helmfile.yaml:6", "several contexts, \"one\" and \"two\"");
    assertThat(without.messages()).isEmpty();
  }

  @Test
  void aNeedMayNameTheContextAndHasToNameTheRightOne() {
    // Given
    String releases =
        """
        helmDefaults: {kubeContext: here}
        releases:
        - {name: a, chart: ./web, namespace: one}
        - {name: b, chart: ./web, needs: ["%s/one/a"]}
        """;

    // When
    StateTree.Apps right = tree(releases.formatted("here")).apps();
    StateTree.Apps wrong = tree(releases.formatted("there")).apps();

    // Then
    assertThat(right.messages()).isEmpty();
    assertThat(wrong.messages())
        .singleElement()
        .asString()
        .contains("helmfile.yaml:4", "there is no release there/one/a");
  }
}
