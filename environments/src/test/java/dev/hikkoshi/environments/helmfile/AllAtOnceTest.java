package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.port.Templates.Failed;
import dev.hikkoshi.environments.port.Templates.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One reading tells all that is wrong, and nothing that is wrong only because of it. */
class AllAtOnceTest {

  private static final String HOOKED =
      "releases: [{name: a, chart: ./web, hooks: [{command: x}]}]\n";
  private static final String REFUSED = "refused: hooks (nothing of a repository is executed)";

  private static StateTree tree(String helmfile) {
    return StateTree.of(helmfile).with("web/Chart.yaml", "name: web\n");
  }

  private static StateTree template(String helmfile) {
    return StateTree.template(helmfile).with("web/Chart.yaml", "name: web\n");
  }

  private static List<String> told(StateTree tree) {
    return tree.apps().messages();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bases: [none.yaml]\n---\n",
        "environments: {default: {values: [none.yaml]}}\n---\n",
        "values: [none.yaml]\n---\n",
        "helmfiles: [none.yaml]\n---\n",
        "values: [{a: [}]\n---\n",
        "environments: {default: {}}\n"
      })
  void whatIsWrongWithReleasesIsToldBesideWhatIsWrongBeforeThem(String before) {
    assertThat(told(tree(before + HOOKED))).hasSize(2).last().asString().endsWith(REFUSED);
  }

  @Test
  void filesBelowAreReadThoughTheFileAboveIsNotGood() {
    // Given
    StateTree tree =
        tree("values: [none.yaml]\nhelmfiles: [b.yaml, none/b.yaml]\n").with("b.yaml", HOOKED);

    // Then
    assertThat(told(tree))
        .containsExactly(
            "b.yaml:1:36: " + REFUSED,
            "helmfile.yaml:1:10: there is no file none.yaml",
            "helmfile.yaml:2:21: nothing matches \"none/b.yaml\"");
  }

  @Test
  void aBaseIsReadThoughAnotherIsMissing() {
    // Given
    StateTree tree =
        tree("bases: [none.yaml, b.yaml]\n").with("b.yaml", "helmDefaults: {wait: perhaps}\n");

    // Then
    assertThat(told(tree))
        .containsExactly(
            "b.yaml:1:22: expected true or false, found text",
            "helmfile.yaml:1:9: there is no file none.yaml");
  }

  @Test
  void whatMayBeWrongOnlyForWantOfValuesIsNotTold() {
    // Given: had none.yaml been there, it could have given all of these.
    StateTree tree =
        tree("""
            bases: [none.yaml]
            environments: {default: {values: [v.yaml.gotmpl]}}
            ---
            releases:
            - {name: a, chart: ./web, namespace: '{{ .Values.in }}'}
            - {name: b, chart: ./web, condition: web.enabled}
            - {name: c, inherit: [{template: base}]}
            - {name: d, chart: repository/chart}
            - {name: e, chart: ./web, needs: [f]}
            - {name: g, chart: ./web, hooks: [{command: x}]}
            """)
            .with("v.yaml.gotmpl", "a: {{ .Values.b }}\n");

    // Then
    assertThat(told(tree))
        .containsExactly(
            "helmfile.yaml:1:9: there is no file none.yaml", "helmfile.yaml:10:27: " + REFUSED);
  }

  @Test
  void aPartThatNeedsWhatIsMissingHidesNoOtherPart() {
    // Given
    StateTree tree =
        template(
            """
            values: [none.yaml]
            ---
            helmDefaults: {timeout: {{ .Values.timeout }}}
            ---
            releases: [{name: a, chart: ./web, hooks: [{command: x}]}]
            """);

    // Then
    assertThat(told(tree))
        .containsExactly(
            "helmfile.yaml.gotmpl:1:10: there is no file none.yaml",
            "helmfile.yaml.gotmpl:5:36: " + REFUSED);
  }

  @Test
  void aChartThatIsNotThereIsToldThoughRepositoriesMayBeMissing() {
    // Given
    StateTree tree = tree("bases: [none.yaml]\nreleases: [{name: a, chart: ./no}]\n");

    // Then
    assertThat(told(tree)).hasSize(2).last().asString().contains("there is no chart in no");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatNoValueCouldMendIsToldThoughOneIsMissing(boolean certain) {
    // Given
    StateTree tree = template("values: [none.yaml]\n---\nreleases: [{{ foo }}]\n");
    Templates failing =
        request ->
            request.text().contains("foo")
                ? new Failed("foo fails", 1, 15, "foo", certain)
                : new Text(request.text());
    StateTree failed =
        new StateTree(tree.texts(), "", "default", List.of(), Helmfile.Given.NONE, failing);

    // Then
    assertThat(told(failed)).hasSize(certain ? 2 : 1);
  }

  @Test
  void aMissingValueInOneFileDoesNotSilenceTemplatesOfAnother() {
    // Given
    StateTree tree =
        tree("helmfiles: [a.yaml, b.yaml]\n")
            .with("a.yaml", "values: [none.yaml]\n")
            .with("b.yaml", "releases: [{name: '{{ .Values.no }}', chart: ./web}]\n");

    // Then
    assertThat(told(tree))
        .containsExactly(
            "a.yaml:1:10: there is no file none.yaml",
            "b.yaml:1:22: the template fails: map has no entry for key \"no\"");
  }

  @Test
  void aFileThatTwoNameIsNoMoreGoodTheSecondTime() {
    // Given
    StateTree tree =
        tree("helmfiles: [a.yaml, b.yaml]\n")
            .with("v.yaml", "a: [\n")
            .with("a.yaml", "values: [v.yaml]\n")
            .with(
                "b.yaml",
                "values: [v.yaml]\n---\nreleases: [{name: '{{ .Values.a }}', chart: ./web}]\n");

    // Then
    assertThat(told(tree)).singleElement().asString().startsWith("v.yaml:");
  }

  @Test
  void needsAreLookedAtThoughAReleaseIsNotGood() {
    // Given
    StateTree tree =
        tree(
            """
            releases:
            - {name: a, chart: ./web, namespce: x}
            - {name: b, chart: ./web, needs: [c, a]}
            - {name: c, chart: ./web, needs: [b, bb]}
            """);

    // Then
    assertThat(told(tree))
        .satisfiesExactly(
            unknown -> assertThat(unknown).contains(":2:27: unknown key \"namespce\""),
            circle -> assertThat(circle).contains(":3:35: needs go in a circle: default/b"),
            missing -> assertThat(missing).contains(":4:38: there is no release default/bb"));
  }
}
