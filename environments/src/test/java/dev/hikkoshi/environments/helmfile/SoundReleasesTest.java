package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which releases may be rendered beside problems without telling what only follows from these. */
class SoundReleasesTest {

  private static StateTree tree(String helmfile) {
    return StateTree.of(helmfile).with("web/Chart.yaml", "name: web\n");
  }

  private static List<String> sound(StateTree tree) {
    return names(tree.apps().sound());
  }

  private static List<String> names(List<WantedRelease> releases) {
    return releases.stream().map(release -> release.id().name()).toList();
  }

  @Test
  void allAreSoundWhereNothingIsWrong() {
    // Given
    StateTree tree = tree("releases: [{name: a, chart: ./web}, {name: b, chart: ./web}]\n");

    // Then
    assertThat(sound(tree)).containsExactly("a", "b");
  }

  @Test
  void eachIsToldEarlyAndNoOther() {
    // Given
    StateTree tree =
        tree(
            "releases: [{name: a, chart: ./web}, {name: b, chart: ./no}, {name: c, chart: ./web}]\n");

    // When
    StateTree.Apps apps = tree.apps();

    // Then
    assertThat(names(apps.early())).containsExactly("a", "c");
    assertThat(apps.early())
        .usingElementComparator((a, b) -> a == b ? 0 : 1)
        .isEqualTo(apps.sound());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: a, chart: ./web, namespce: x}",
        "{name: a, chart: ./no}",
        "{name: a, chart: ./web, values: [none.yaml]}",
        "{name: a, chart: ./web, values: [{x: ref+vault://x}]}",
        "{name: a, chart: ./web, hooks: [{command: x}]}",
        "{name: a, chart: ./web, inherit: [{template: none}]}",
        "{name: a, chart: ./web, namespace: '{{ .Values.no }}'}"
      })
  void aReleaseWithAProblemIsNotAndTheOthersAre(String release) {
    // Given
    StateTree tree = tree("releases:\n- %s\n- {name: b, chart: ./web}\n".formatted(release));

    // Then
    assertThat(tree.apps().apps()).isEmpty();
    assertThat(sound(tree)).containsExactly("b");
  }

  @Test
  void twoReleasesOfOneMissingFileAreBothNot() {
    // Given
    StateTree tree =
        tree(
            """
            releases:
            - {name: a, chart: ./web, values: [none.yaml]}
            - {name: b, chart: ./web, values: [none.yaml]}
            - {name: c, chart: ./no}
            - {name: d, chart: ./no}
            """);

    // Then
    assertThat(sound(tree)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "values: [none.yaml]\n---\n",
        "bases: [none.yaml]\n---\n",
        "helmDefaults: {wait: perhaps}\n",
        "repositories: [{name: x}]\n",
        "nonsense: true\n"
      })
  void noneOfAFileIsWhoseOwnFieldsOrValuesAreNotGood(String before) {
    // Given
    StateTree tree = tree(before + "releases: [{name: a, chart: ./web}]\n");

    // Then
    assertThat(tree.apps().apps()).isEmpty();
    assertThat(sound(tree)).isEmpty();
  }

  @Test
  void thoseOfAnotherFileAre() {
    // Given
    StateTree tree =
        tree("helmfiles: [a.yaml, b.yaml]\n")
            .with("a.yaml", "values: [none.yaml]\n---\nreleases: [{name: a, chart: ./web}]\n")
            .with("b.yaml", "releases: [{name: b, chart: ./web}]\n");

    // Then
    assertThat(tree.apps().apps()).isEmpty();
    assertThat(sound(tree)).containsExactly("b");
  }
}
