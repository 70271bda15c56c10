package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where state values come from, and which of them win. */
class EnvironmentValuesTest {

  private static StateTree environment(String spec) {
    return StateTree.of("environments: {default: %s}\n".formatted(spec));
  }

  @Test
  void ofOneListTheLaterWinsWithZeroAndNullToo() {
    StateTree tree =
        environment("{values: [{a: 1, b: true, c: x, d: y, l: [1, 2]}, over.yaml]}")
            .with("over.yaml", "a: 0\nb: false\nc: ''\nd: null\nl: [3]\n");

    Map<String, Object> expected =
        new HashMap<>(Map.of("a", 0L, "b", false, "c", "", "l", List.of(3L)));
    expected.put("d", null);
    assertThat(tree.load().values()).isEqualTo(expected);
  }

  @Test
  void withFallbackTheEarlierWinsAndNullFallsThrough() {
    StateTree tree =
        environment(
            "{mergeStrategy: fallback, values: [{a: 0, b: null, m: {x: 1}},"
                + " {a: 1, b: 2, c: 3, m: {x: 2, y: 2}}]}");

    assertThat(tree.load().values())
        .isEqualTo(Map.of("a", 0L, "b", 2L, "c", 3L, "m", Map.of("x", 1L, "y", 2L)));
  }

  /** A slip of helmfile's that its users' values went through; seeds 1161 and 1851 found it. */
  @Test
  void withFallbackAFileLaysTheEnvironmentsMapsOverTheEntriesBeforeIt() {
    StateTree tree =
        StateTree.of(
                """
                environments: {default: {values: [{m: {x: null, y: {z: 1}}, n: 1}]}}
                ---
                environments:
                  default:
                    mergeStrategy: fallback
                    values: [{m: {x: 2, y: {z: 2, w: 2}}, n: 2}, empty.yaml]
                """)
            .with("empty.yaml", "{}\n");

    Map<String, Object> inner = new HashMap<>(Map.of("y", Map.of("z", 1L, "w", 2L)));
    inner.put("x", null);
    assertThat(tree.load().values()).isEqualTo(Map.of("m", inner, "n", 2L));
  }

  @Test
  void withFallbackNothingIsLaidOverWithoutAFileAfterIt() {
    StateTree tree =
        StateTree.of(
            """
            environments: {default: {values: [{m: {x: 1}}]}}
            ---
            environments: {default: {mergeStrategy: fallback, values: [{m: {x: 2}}]}}
            """);

    assertThat(tree.load().values()).isEqualTo(Map.of("m", Map.of("x", 2L)));
  }

  @Test
  void environmentValuesLieOverDefaultsAndNullDoesNotOverride() {
    StateTree tree =
        StateTree.of(
            """
            environments: {default: {values: [{a: 2, b: null, c: null}]}}
            values: [{a: 1, b: 1, d: 1}]
            """);

    Map<String, Object> expected = new HashMap<>(Map.of("a", 2L, "b", 1L, "d", 1L));
    expected.put("c", null);
    assertThat(tree.load().values()).isEqualTo(expected);
  }

  @Test
  void aListWithANullIsLaidOverItemByItem() {
    StateTree tree =
        StateTree.of(
            """
            environments: {default: {values: [{l: [null, 9], m: [7]}]}}
            values: [{l: [1, 2, 3], m: [1, 2]}]
            """);

    assertThat(tree.load().values()).isEqualTo(Map.of("l", List.of(1L, 9L, 3L), "m", List.of(7L)));
  }

  @Test
  void settingsAreAlwaysLaidOverItemByItem() {
    StateTree tree =
        StateTree.of("values: [{l: [{a: 1}, {b: 2}], x: {y: 1}}]\n")
            .setting("l[1].c=3,x.z=text", "x.y=007");

    assertThat(tree.load().values())
        .isEqualTo(
            Map.of(
                "l", List.of(Map.of("a", 1L), Map.of("b", 2L, "c", 3L)),
                "x", Map.of("y", "007", "z", "text")));
  }

  @Test
  void aValuesFileOfTheCommandLineLiesOverTheNextPart() {
    StateTree tree =
        StateTree.of("environments: {default: {values: [{a: 1}]}}\n---\nreleases: []\n")
            .with("given.yaml", "a: 2\n")
            .valuesFile("given.yaml");

    assertThat(tree.load().values()).isEqualTo(Map.of("a", 2L));
  }

  @Test
  void aPatternTakesItsFilesByName() {
    StateTree tree =
        environment("{values: ['env/*.yaml']}")
            .with("env/b.yaml", "a: b\n")
            .with("env/a.yaml", "a: a\n")
            .with("env/deeper/c.yaml", "a: c\n");

    assertThat(tree.load().values()).isEqualTo(Map.of("a", "b"));
  }

  @Test
  void aTemplateSeesEarlierPartsButNotItsOwnList() {
    StateTree tree =
        StateTree.of(
                """
                environments: {default: {values: [{a: early}]}}
                ---
                environments: {default: {values: [{a: late}, v.yaml.gotmpl]}}
                """)
            .with("v.yaml.gotmpl", "seen: {{ .Values.a }}\nname: {{ .Environment.Name }}\n");

    assertThat(tree.load().values())
        .isEqualTo(Map.of("a", "late", "seen", "early", "name", "default"));
  }

  @Test
  void withFallbackATemplateSeesTheEntriesBeforeIt() {
    StateTree tree =
        environment("{mergeStrategy: fallback, values: [{a: first}, v.yaml.gotmpl]}")
            .with("v.yaml.gotmpl", "seen: {{ .Values.a }}\n");

    assertThat(tree.load().values()).isEqualTo(Map.of("a", "first", "seen", "first"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Warn", "Info", "Debug"})
  void aMissingFileIsPassedOverWhereTheEnvironmentSaysSo(String handler) {
    StateTree tree =
        environment("{missingFileHandler: %s, values: [none.yaml, {a: 1}]}".formatted(handler));

    assertThat(tree.load().values()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void aMissingFileIsAProblemOtherwise() {
    assertThat(environment("{values: [none.yaml]}").load().messages())
        .containsExactly("helmfile.yaml:1:35: there is no file none.yaml");
  }

  @Test
  void filesOfAnotherEnvironmentAreNotOpened() {
    StateTree tree = StateTree.of("environments: {default: {}, other: {values: [none.yaml]}}\n");

    assertThat(tree.load().values()).isEmpty();
  }

  @Test
  void aChildsValuesLieOverItsOwnOnceItsPartsAreRead() {
    StateTree tree =
        StateTree.of("helmfiles: [{path: child.yaml, values: [{a: parent}, given.yaml]}]\n")
            .with("given.yaml", "b: parent\n")
            .with("child.yaml", "values: [{a: d, b: d, c: d}]\n---\nreleases: []\n");

    assertThat(tree.load().states().getFirst().values())
        .isEqualTo(Map.of("a", "parent", "b", "parent", "c", "d"));
  }

  @Test
  void settingsAreNotForChildren() {
    StateTree tree =
        StateTree.of("helmfiles: [child.yaml]\nvalues: [{a: 1}]\n")
            .with("child.yaml", "values: [{a: 1}]\n")
            .setting("a=2");

    assertThat(tree.load().states().stream().map(HelmfileState::values).toList())
        .isEqualTo(Arrays.asList(Map.of("a", 1L), Map.of("a", 2L)));
  }

  @Test
  void factsOfTheEnvironmentWinEverywhere() {
    StateTree tree =
        StateTree.template("values: [{region: x, seen: {{ .Values.region }}}]\n")
            .facts(Map.of("region", "ap-northeast-1"));

    assertThat(tree.load().values())
        .isEqualTo(Map.of("region", "ap-northeast-1", "seen", "ap-northeast-1"));
  }

  @Test
  void valuesInHclAreRefused() {
    assertThat(environment("{values: [v.hcl]}").with("v.hcl", "").load().messages())
        .containsExactly("helmfile.yaml:1:35: refused: values in HCL (YAML, or a template of it)");
  }

  @Test
  void aProblemInValuesShowsNoLineOfThem() {
    String torn = "password: [hunter2\n";

    StateTree.Outcome outcome = environment("{values: [v.yaml]}").with("v.yaml", torn).load();

    assertThat(outcome.problems()).hasSize(1);
    assertThat(outcome.problems().getFirst().toString()).doesNotContain("hunter2");
  }

  @Test
  void secretsLieOverTheValuesOfTheirEnvironment() {
    StateTree tree =
        environment("{values: [{secret: open, a: 1}], secrets: [s.yaml]}")
            .with("s.yaml", "sealed\nx");

    assertThat(tree.load().values()).isEqualTo(Map.of("secret", "x", "a", 1L));
  }

  @Test
  void aSecretThatStaysSealedIsToldWithoutItsText() {
    StateTree.Outcome outcome =
        environment("{secrets: [s.yaml]}").with("s.yaml", "password: hunter2\n").load();

    assertThat(outcome.problems()).singleElement().asString().contains("s.yaml is not encrypted");
    assertThat(outcome.problems().toString()).doesNotContain("hunter2");
  }

  @Test
  void missingSecretsArePassedOverWhereTheStateSaysSo() {
    String state = "missingFileHandler: Warn\nenvironments: {default: {%s: [none.yaml]}}\n";

    assertThat(StateTree.of(state.formatted("secrets")).load().problems()).isEmpty();
    assertThat(StateTree.of(state.formatted("values")).load().problems()).hasSize(1);
  }
}
