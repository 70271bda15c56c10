package dev.hikkoshi.environments.helmfile;

import static dev.hikkoshi.environments.helmfile.StateTree.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** State files with templates: what they see, and where their problems are told. */
class RenderedStateTest {

  @Test
  void aPlainFileIsNotRendered() {
    LookupTemplates templates = new LookupTemplates();
    StateTree tree =
        new StateTree(
            Map.of("helmfile.yaml", "releases: [{name: '{{ .Values.x }}'}]\n"),
            "",
            "default",
            List.of(),
            Helmfile.Given.NONE,
            templates);

    assertThat(names(tree.load().only(), "releases")).containsExactly("{{ .Values.x }}");
    assertThat(templates.asked()).isEmpty();
  }

  @Test
  void aPartSeesTheValuesOfThePartsBefore() {
    HelmfileState state =
        StateTree.template(
                """
                environments: {default: {values: [{name: web}]}}
                values: [{other: api}]
                ---
                releases:
                  - name: {{ .Values.name }}
                  - name: {{ .StateValues.other }}
                  - name: {{ .Environment.Values.name }}-{{ .Environment.Name }}
                """)
            .load()
            .only();

    assertThat(names(state, "releases")).containsExactly("web", "api", "web-default");
  }

  @Test
  void theDefaultsOfTheStateAreNoValuesOfTheEnvironment() {
    StateTree tree =
        StateTree.template(
            "values: [{a: 1}]\n---\nreleases: [{name: {{ .Environment.Values.a }}}]\n");

    assertThat(tree.load().messages())
        .containsExactly(
            "helmfile.yaml.gotmpl:3:22: the template fails: map has no entry for key \"a\"");
  }

  @Test
  void aBaseSeesTheValuesOfTheFileOverIt() {
    HelmfileState state =
        StateTree.of("values: [{name: web}]\n---\nbases: [base.yaml.gotmpl]\n")
            .with("base.yaml.gotmpl", "releases: [{name: {{ .Values.name }}}]\n")
            .load()
            .only();

    assertThat(names(state, "releases")).containsExactly("web");
  }

  @Test
  void aFailureOfATemplateIsToldAtItsPlace() {
    StateTree tree =
        StateTree.template("values: [{a: 1}]\n---\nreleases:\n  - name: x-{{ .Values.nmae }}\n");

    assertThat(tree.load().problems().getFirst())
        .hasToString(
            """
            helmfile.yaml.gotmpl:4:16: the template fails: map has no entry for key "nmae"
              4 |   - name: x-{{ .Values.nmae }}
                |                ^^^^^^^^^^^^\
            """);
  }

  @Test
  void aFactOfAClusterIsNotThereAndTheErrorSaysWhereItIs() {
    StateTree tree = StateTree.template("releases: [{name: {{ .Values.clusterName }}}]\n");

    assertThat(tree.load().messages())
        .singleElement()
        .asString()
        .endsWith("(clusterName differs per cluster; use it in a values file of a release)");
  }

  @Test
  void aProblemInAnUnchangedLineIsToldThere() {
    StateTree tree =
        StateTree.template(
            """
            # {{ .Environment.Name }}
            releases:
              - name: a
            relases: []
            """);

    assertThat(tree.load().messages())
        .containsExactly(
            "helmfile.yaml.gotmpl:4:1: unknown key \"relases\" (did you mean \"releases\"?)");
  }

  @Test
  void aProblemInAChangedLineIsToldInTheLineOfTheTemplate() {
    StateTree tree =
        StateTree.template(
            """
            values: [{x: "1\\n  bad"}]
            ---
            helmfiles:
              - path: none.yaml
                values: []
              - path: {{ .Environment.Name }}.yaml
            """);

    assertThat(tree.load().messages())
        .containsExactly(
            "helmfile.yaml.gotmpl:4:11: nothing matches \"none.yaml\"",
            "helmfile.yaml.gotmpl:6:11: nothing matches \"default.yaml\"");
  }

  @Test
  void whatATemplateReadsCountsIntoTheDigest() {
    List<String> read = new ArrayList<>();
    Templates reading =
        request -> {
          read.add(request.folder());
          return new Templates.Text(
              request.files().read("apps/part.txt").isPresent() ? "releases: []\n" : "");
        };
    StateTree tree =
        new StateTree(
            Map.of("apps/helmfile.yaml.gotmpl", "releases: []\n", "apps/part.txt", "1"),
            "apps/helmfile.yaml.gotmpl",
            "default",
            List.of(),
            Helmfile.Given.NONE,
            reading);

    String before = digest(tree);
    String after = digest(tree.with("apps/part.txt", "2"));

    assertThat(read).containsExactly("apps", "apps");
    assertThat(after).isNotEqualTo(before);
  }

  private static String digest(StateTree tree) {
    var problems = new dev.hikkoshi.environments.reading.Problems();
    var place = dev.hikkoshi.environments.reading.Place.of("environment.yaml");
    var request =
        new Helmfile.Request(tree.path(), place, "default", place, List.of(), Helmfile.Given.NONE);
    return Helmfile.read(tree, "", request, tree.templates(), Secrets.NONE, problems)
        .orElseThrow()
        .appDigest();
  }

  // What must end.

  @Test
  void childrenThatDoubleEndAtABound() {
    StateTree tree = StateTree.of("helmfiles: [l0.yaml, l0.yaml]\n");
    for (int i = 0; i < 30; i++) {
      tree =
          tree.with("l" + i + ".yaml", "helmfiles: [l%d.yaml, l%d.yaml]\n".formatted(i + 1, i + 1));
    }

    assertThat(tree.with("l30.yaml", "releases: []\n").load().messages())
        .singleElement()
        .asString()
        .contains("more than 1000 state files are visited");
  }

  @Test
  void aLongChainEndsAtABound() {
    StateTree tree = StateTree.of("helmfiles: [l0.yaml]\n");
    for (int i = 0; i < 100; i++) {
      tree = tree.with("l" + i + ".yaml", "helmfiles: [l%d.yaml]\n".formatted(i + 1));
    }

    assertThat(tree.load().messages())
        .singleElement()
        .asString()
        .contains("helmfiles are nested more than 50 deep");
  }

  @Test
  void aliasesOfARenderedTextDoNotUnfoldWithoutEnd() {
    String bomb =
        IntStream.range(1, 12)
            .mapToObj(
                i ->
                    "  a%d: &a%d [%s]\n"
                        .formatted(
                            i,
                            i,
                            IntStream.range(0, 9)
                                .mapToObj(_ -> "*a" + (i - 1))
                                .collect(Collectors.joining(","))))
            .collect(Collectors.joining());

    assertThat(StateTree.template("templates:\n  a0: &a0 [x]\n" + bomb).load().messages())
        .singleElement()
        .asString()
        .contains("unfolds to more than");
  }
}
