package dev.hikkoshi.environments.helmfile;

import static dev.hikkoshi.environments.helmfile.StateTree.names;
import static dev.hikkoshi.environments.helmfile.StateTree.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fields of a state file are merged: a test for each row of helmfile's rules. */
class StateMergeTest {

  // Between parts.

  @Test
  void aLaterPartWinsFieldByField() {
    HelmfileState state =
        StateTree.of(
                """
                helmDefaults: {wait: true, timeout: 10}
                ---
                helmDefaults: {timeout: 20, historyMax: 3}
                """)
            .load()
            .only();

    assertThat(text(state, "helmDefaults", "wait")).isEqualTo("true");
    assertThat(text(state, "helmDefaults", "timeout")).isEqualTo("20");
    assertThat(text(state, "helmDefaults", "historyMax")).isEqualTo("3");
  }

  @Test
  void aLaterPartReplacesLists() {
    HelmfileState state =
        StateTree.of(
                """
                releases: [{name: a}]
                repositories: [{name: r}]
                ---
                releases: [{name: b}]
                """)
            .load()
            .only();

    assertThat(names(state, "releases")).containsExactly("b");
    assertThat(names(state, "repositories")).containsExactly("r");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wait | true | false",
        "wait | true | 'no'",
        "timeout | 10 | 0",
        "cascade | x | ''''''",
        "cascade | x | null",
        "args | [a] | []"
      })
  void zeroOfALaterPartDoesNotOverride(String field, String early, String late) {
    HelmfileState state =
        StateTree.of(
                "helmDefaults: {%s: %s}\n---\nhelmDefaults: {%s: %s}\n"
                    .formatted(field, early, field, late))
            .load()
            .only();

    String kept = text(state, "helmDefaults", field);
    assertThat(kept).isEqualTo(early.startsWith("[") ? "a list" : early);
    assertThat(state.fields().at("helmDefaults").orElseThrow().place().line()).isEqualTo(3);
  }

  @Test
  void anEmptyListOfALaterPartKeepsTheReleases() {
    HelmfileState state = StateTree.of("releases: [{name: a}]\n---\nreleases: []\n").load().only();

    assertThat(names(state, "releases")).containsExactly("a");
  }

  @Test
  void aTemplateOfALaterPartIsReplacedWhole() {
    HelmfileState state =
        StateTree.of(
                """
                templates: {x: {chart: c, version: v}, y: {chart: d}}
                ---
                templates: {x: {chart: e}}
                """)
            .load()
            .only();

    assertThat(text(state, "templates", "x", "chart")).isEqualTo("e");
    assertThat(text(state, "templates", "x", "version")).isEmpty();
    assertThat(text(state, "templates", "y", "chart")).isEqualTo("d");
  }

  @Test
  void labelsOfALaterPartAreMergedByKeyAndMayBeEmpty() {
    HelmfileState state =
        StateTree.of(
                """
                commonLabels: {a: x, b: y}
                ---
                commonLabels: {a: ""}
                """)
            .load()
            .only();

    assertThat(text(state, "commonLabels", "a")).isEmpty();
    assertThat(text(state, "commonLabels", "b")).isEqualTo("y");
  }

  @Test
  void anEnvironmentOfALaterPartReplacesTheSpecAndKeepsResolvedValues() {
    StateTree tree =
        StateTree.of(
            """
            environments: {default: {values: [{a: 1, b: {c: 1}}]}}
            ---
            environments: {default: {values: [{b: {d: 2}}]}}
            """);

    assertThat(tree.load().values()).isEqualTo(Map.of("a", 1L, "b", Map.of("c", 1L, "d", 2L)));
  }

  @Test
  void defaultsOfEarlierPartsStayBelow() {
    StateTree tree =
        StateTree.of(
            """
            values: [{a: 1, list: [1, 2]}]
            ---
            values: [{b: 2, list: [3]}]
            """);

    assertThat(tree.load().values()).isEqualTo(Map.of("a", 1L, "b", 2L, "list", List.of(3L)));
  }

  // Documents of one part.

  @Test
  void aLaterDocumentOfOnePartAppendsToLists() {
    HelmfileState state =
        StateTree.of(
                """
                releases: [{name: a}]
                helmDefaults: {wait: true}
                --- # another document of the same part
                releases: [{name: b}]
                helmDefaults: {wait: false, timeout: 5}
                """)
            .load()
            .only();

    assertThat(names(state, "releases")).containsExactly("a", "b");
    assertThat(text(state, "helmDefaults", "wait")).isEqualTo("true");
    assertThat(text(state, "helmDefaults", "timeout")).isEqualTo("5");
  }

  // Bases.

  @Test
  void releasesOfBasesComeBeforeTheOwn() {
    HelmfileState state =
        StateTree.of("bases: [one.yaml, two.yaml]\nreleases: [{name: own}]\n")
            .with("one.yaml", "releases: [{name: one}]\n")
            .with("two.yaml", "releases: [{name: two}]\nhelmDefaults: {timeout: 7}\n")
            .load()
            .only();

    assertThat(names(state, "releases")).containsExactly("one", "two", "own");
    assertThat(text(state, "helmDefaults", "timeout")).isEqualTo("7");
  }

  @Test
  void valuesOfAnEnvironmentInABaseAreBelowTheOwn() {
    StateTree tree =
        StateTree.of(
                """
                bases: [base.yaml]
                environments: {default: {values: [{a: own, list: [2]}]}}
                """)
            .with(
                "base.yaml",
                "environments: {default: {values: [{a: base, b: base, list: [1, 1]}]}}\n");

    assertThat(tree.load().values())
        .isEqualTo(Map.of("a", "own", "b", "base", "list", List.of(2L)));
  }

  @Test
  void withFallbackTheOwnEntriesComeFirstSoThatTheyWin() {
    StateTree tree =
        StateTree.of(
                """
                bases: [base.yaml]
                environments: {default: {mergeStrategy: fallback, values: [{a: own}]}}
                """)
            .with("base.yaml", "environments: {default: {values: [{a: base, b: base}]}}\n");

    assertThat(tree.load().values()).isEqualTo(Map.of("a", "own", "b", "base"));
  }

  @Test
  void pathsInABaseAreRelativeToTheFileOverIt() {
    StateTree tree =
        StateTree.of("bases: [common/base.yaml]\n")
            .with("common/base.yaml", "environments: {default: {values: [v.yaml]}}\n")
            .with("v.yaml", "a: root\n")
            .with("common/v.yaml", "a: common\n");

    assertThat(tree.load().values()).isEqualTo(Map.of("a", "root"));
  }

  @Test
  void aBaseHasNoBases() {
    StateTree tree =
        StateTree.of("bases: [base.yaml]\n")
            .with("base.yaml", "bases: [other.yaml]\n")
            .with("other.yaml", "releases: []\n");

    assertThat(tree.load().messages())
        .containsExactly("base.yaml:1:9: a base has bases itself (helmfile reads none there)");
  }

  // Anchors.

  @Test
  void anchorsAreMergedByKeyAndTheirListsReplaced() {
    HelmfileState state =
        StateTree.of(
                """
                templates:
                  x: &x {chart: c, values: [a]}
                releases: [{<<: *x, name: web, values: [b]}]
                """)
            .load()
            .only();

    assertThat(names(state, "releases")).containsExactly("web");
    assertThat(state.fields().at("releases").orElseThrow().toString()).contains("text=c");
  }

  // What a child inherits.

  private static StateTree inheriting(String parent, String child, String keys) {
    return StateTree.of(
            "helmfiles: [{path: child.yaml, inherits: [%s]}]\n%s".formatted(keys, parent))
        .with("child.yaml", child);
  }

  @Test
  void aChildInheritsNothingOfItself() {
    HelmfileState child =
        inheriting("helmDefaults: {timeout: 9}\n", "releases: [{name: a}]\n", "")
            .load()
            .states()
            .getFirst();

    assertThat(child.file()).isEqualTo("child.yaml");
    assertThat(child.fields().at("helmDefaults")).isEmpty();
  }

  @Test
  void theChildWinsAndItsZeroValuesAreFilled() {
    HelmfileState child =
        inheriting(
                "helmDefaults: {wait: true, timeout: 9, args: [p]}\n",
                "helmDefaults: {wait: false, timeout: 5, args: [c]}\n",
                "helmDefaults")
            .load()
            .states()
            .getFirst();

    assertThat(text(child, "helmDefaults", "wait")).isEqualTo("true");
    assertThat(text(child, "helmDefaults", "timeout")).isEqualTo("5");
    assertThat(child.fields().toString()).contains("text=c").doesNotContain("text=p");
  }

  @Test
  void repositoriesOfOneNameAreTheChilds() {
    HelmfileState child =
        inheriting(
                "repositories: [{name: a, url: pa}, {name: b, url: pb}]\n",
                "repositories: [{name: a, url: ca}, {name: c, url: cc}]\n",
                "repositories")
            .load()
            .states()
            .getFirst();

    assertThat(names(child, "repositories")).containsExactly("b", "a", "c");
    assertThat(child.fields().toString()).contains("text=ca").doesNotContain("text=pa");
  }

  @Test
  void apiVersionsAreThoseOfBothOnce() {
    HelmfileState child =
        inheriting("apiVersions: [a/v1, b/v1]\n", "apiVersions: [b/v1, c/v1]\n", "apiVersions")
            .load()
            .states()
            .getFirst();

    assertThat(names(child, "apiVersions")).containsExactly("a/v1", "b/v1", "c/v1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "commonLabels | commonLabels: {a: p, b: p} | commonLabels: {a: c}",
        "templates | templates: {a: p, b: p} | templates: {a: c}"
      })
  void mapsAreJoinedByKeyAndTheChildsKeyWins(String key, String parent, String own) {
    HelmfileState child = inheriting(parent + "\n", own + "\n", key).load().states().getFirst();

    assertThat(text(child, key, "a")).isEqualTo("c");
    assertThat(text(child, key, "b")).isEqualTo("p");
  }

  @Test
  void theVersionOfKubernetesFillsAGapOnly() {
    StateTree filled = inheriting("kubeVersion: 1.36.0\n", "releases: []\n", "kubeVersion");
    StateTree own = inheriting("kubeVersion: 1.36.0\n", "kubeVersion: 1.37.0\n", "kubeVersion");

    assertThat(text(filled.load().states().getFirst(), "kubeVersion")).isEqualTo("1.36.0");
    assertThat(text(own.load().states().getFirst(), "kubeVersion")).isEqualTo("1.37.0");
  }

  @Test
  void valuesOfTheParentsEnvironmentLieBelowTheChilds() {
    StateTree tree =
        inheriting(
            "environments: {default: {values: [{a: p, b: p}]}}\n",
            "environments: {default: {values: [{a: c}]}}\n",
            "environments");

    assertThat(tree.load().states().getFirst().values()).isEqualTo(Map.of("a", "c", "b", "p"));
  }

  @Test
  void anUnknownThingToInheritNamesTheNearest() {
    StateTree tree = inheriting("releases: []\n", "releases: []\n", "repositorys");

    assertThat(tree.load().messages())
        .containsExactly(
            "helmfile.yaml:1:43: \"repositorys\" cannot be inherited"
                + " (did you mean \"repositories\"?)");
  }
}
