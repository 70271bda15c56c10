package dev.hikkoshi.environments.helmfile;

import static dev.hikkoshi.environments.helmfile.StateTree.names;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.helmfile.Selector.Term;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which state files are read, in which order, and what is refused. */
class StateVisitorTest {

  private static final String NOTHING = "releases: []\n";

  @ParameterizedTest
  @ValueSource(strings = {"helmfile.yaml", "helmfile.yaml.gotmpl", "helmfile.d/a.yaml"})
  void aHelmfileIsFoundByItsName(String file) {
    assertThat(StateTree.empty().with(file, NOTHING).load().files()).containsExactly(file);
  }

  @Test
  void filesOfAFolderComeByName() {
    StateTree tree =
        StateTree.empty()
            .with("helmfile.d/b.yml.gotmpl", NOTHING)
            .with("helmfile.d/a.yaml", NOTHING)
            .with("helmfile.d/values/c.yaml", "no: state")
            .with("helmfile.d/notes.txt", "");

    assertThat(tree.load().files()).containsExactly("helmfile.d/a.yaml", "helmfile.d/b.yml.gotmpl");
  }

  @Test
  void twoHelmfilesAreAProblem() {
    StateTree plain = StateTree.of(NOTHING);

    assertThat(plain.with("helmfile.yaml.gotmpl", NOTHING).load().messages())
        .containsExactly(
            "environment.yaml: both are there: helmfile.yaml, helmfile.yaml.gotmpl"
                + " (helmfile wants one)");
    assertThat(plain.with("helmfile.d/a.yaml", NOTHING).load().messages())
        .containsExactly(
            "environment.yaml: both are there: helmfile.yaml, helmfile.d (helmfile wants one)");
  }

  @Test
  void aFolderCanBeNamed() {
    StateTree tree = StateTree.empty().with("apps/x.yaml", NOTHING).at("apps");

    assertThat(tree.load().files()).containsExactly("apps/x.yaml");
  }

  @Test
  void childrenComeBeforeTheirParent() {
    StateTree tree =
        StateTree.of("helmfiles: [b.yaml, 'apps/*/helmfile.yaml', folder]\n")
            .with("b.yaml", NOTHING)
            .with("apps/two/helmfile.yaml", NOTHING)
            .with("apps/one/helmfile.yaml", NOTHING)
            .with("folder/z.yaml", NOTHING);

    assertThat(tree.load().files())
        .containsExactly(
            "b.yaml",
            "apps/one/helmfile.yaml",
            "apps/two/helmfile.yaml",
            "folder/z.yaml",
            "helmfile.yaml");
  }

  @Test
  void aChildsPathsAreItsOwn() {
    StateTree tree =
        StateTree.of("helmfiles: [apps/child.yaml]\n")
            .with("apps/child.yaml", "values: [v.yaml]\n")
            .with("apps/v.yaml", "a: 1\n");

    HelmfileState child = tree.load().states().getFirst();

    assertThat(child.folder()).isEqualTo("apps");
    assertThat(child.values()).isEqualTo(Map.of("a", 1L));
  }

  @Test
  void aChildThatIsMissingIsAProblemUnlessTheParentSaysOtherwise() {
    assertThat(StateTree.of("helmfiles: [none.yaml]\n").load().messages())
        .containsExactly("helmfile.yaml:1:13: nothing matches \"none.yaml\"");
    assertThat(StateTree.of("missingFileHandler: Warn\nhelmfiles: [none.yaml]\n").load().files())
        .containsExactly("helmfile.yaml");
  }

  @Test
  void aFileWithoutTheEnvironmentIsPassedOverWithAllBelowIt() {
    StateTree tree =
        StateTree.of("environments: {prod: {}}\n---\nhelmfiles: [a.yaml, b.yaml]\n")
            .with("a.yaml", "environments: {stage: {}}\n---\nhelmfiles: [below.yaml]\n")
            .with("below.yaml", NOTHING)
            .with("b.yaml", "environments: {prod: {}}\n")
            .in("prod");

    assertThat(tree.load().files()).containsExactly("b.yaml", "helmfile.yaml");
  }

  @Test
  void anEnvironmentThatNoFileHasIsAProblem() {
    StateTree tree = StateTree.of("environments: {production: {}}\n").in("prodution");

    assertThat(tree.load().messages())
        .containsExactly(
            "environment.yaml: the environment \"prodution\" is not defined in helmfile.yaml"
                + " (did you mean \"production\"?)");
  }

  @Test
  void aFileWithoutAnyEnvironmentHasNoneButTheDefault() {
    assertThat(StateTree.of(NOTHING).in("prod").load().problems()).hasSize(1);
    assertThat(StateTree.of(NOTHING).load().problems()).isEmpty();
  }

  @Test
  void valuesOfTheParentMakeTheEnvironmentKnown() {
    StateTree tree =
        StateTree.of(
                "environments: {prod: {}}\n---\nhelmfiles: [{path: a.yaml, values: [{b: 1}]}]\n")
            .with("a.yaml", NOTHING)
            .in("prod");

    assertThat(tree.load().files()).containsExactly("a.yaml", "helmfile.yaml");
  }

  @Test
  void aCircleIsNamedInFull() {
    StateTree tree =
        StateTree.of("helmfiles: [a.yaml]\n")
            .with("a.yaml", "helmfiles: [b.yaml]\n")
            .with("b.yaml", "helmfiles: [a.yaml]\n");

    assertThat(tree.load().messages())
        .containsExactly("b.yaml:1:13: helmfiles go in a circle: a.yaml → b.yaml → a.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git::https://example.com/x.git@helmfile.yaml?ref=main",
        "https://example.com/helmfile.yaml",
        "s3://bucket/helmfile.yaml"
      })
  void whatIsRemoteIsRefused(String path) {
    for (String text : List.of("helmfiles: ['%s']\n", "bases: ['%s']\n", "values: ['%s']\n")) {
      assertThat(StateTree.of(text.formatted(path)).load().messages())
          .singleElement()
          .asString()
          .contains("refused: \"" + path + "\" is remote");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x.yaml", "/etc/x.yaml", "a/../../x.yaml"})
  void nothingOutsideTheRepositoryIsRead(String path) {
    for (String text : List.of("helmfiles: ['%s']\n", "bases: ['%s']\n", "values: ['%s']\n")) {
      assertThat(StateTree.of(text.formatted(path)).load().messages())
          .singleElement()
          .asString()
          .contains("leads out of the repository");
    }
  }

  // Selectors.

  private static Selector selector(String label, String value) {
    return new Selector(label + "=" + value, List.of(new Term(label, true, value)));
  }

  private static List<String> selectors(StateTree tree) {
    return tree.load().states().getFirst().selectors().stream().map(Selector::text).toList();
  }

  @Test
  void aChildHasItsParentsSelectorsUnlessItSaysItsOwn() {
    StateTree silent = StateTree.of("helmfiles: [a.yaml]\n").with("a.yaml", NOTHING);
    StateTree own =
        StateTree.of("helmfiles: [{path: a.yaml, selectors: ['x=1', 'y=2']}]\n")
            .with("a.yaml", NOTHING);
    StateTree inherited =
        StateTree.of("helmfiles: [{path: a.yaml, selectorsInherited: true}]\n")
            .with("a.yaml", NOTHING);
    StateTree none =
        StateTree.of("helmfiles: [{path: a.yaml, selectors: []}]\n").with("a.yaml", NOTHING);

    assertThat(selectors(silent.selecting(selector("t", "a")))).containsExactly("t=a");
    assertThat(selectors(own.selecting(selector("t", "a")))).containsExactly("x=1", "y=2");
    assertThat(selectors(inherited.selecting(selector("t", "a")))).containsExactly("t=a");
    assertThat(selectors(none.selecting(selector("t", "a")))).isEmpty();
  }

  @Test
  void aChildWhoseSelectorsContradictIsNotVisited() {
    StateTree tree =
        StateTree.of("helmfiles: [{path: a.yaml, selectors: ['t=b']}]\n").with("a.yaml", NOTHING);

    assertThat(tree.selecting(selector("t", "a")).load().files()).containsExactly("helmfile.yaml");
  }

  // Text.

  @ParameterizedTest
  @ValueSource(
      strings = {
        "environments: {default: {}}\nreleases: []\n",
        "environments: {default: {}}\n# a comment\n  ---\nreleases: []\n"
      })
  void environmentsAndReleasesShareNoPart(String text) {
    assertThat(StateTree.of(text).load().messages())
        .singleElement()
        .asString()
        .contains("releases in the same part as environments");
  }

  @ParameterizedTest
  @ValueSource(strings = {"environments: {default: {}}\n", "bases: []\n"})
  void whatBelongsBeforeReleasesStandsThere(String late) {
    assertThat(StateTree.of("releases: []\n---\n" + late).load().messages())
        .singleElement()
        .asString()
        .contains("releases before ");
  }

  @Test
  void aFileWithoutAKeyIsAProblem() {
    assertThat(StateTree.of("# nothing\n").load().messages())
        .containsExactly("helmfile.yaml: has no top-level key (for example releases:)");
  }

  @Test
  void linesMayEndAsOnWindows() {
    StateTree tree =
        StateTree.of(
            "values: [{a: 1}]\r\n---\r\nreleases: [{name: {x: y}}]\r\n".replace("{x: y}", "b"));

    HelmfileState state = tree.load().only();

    assertThat(state.values()).isEqualTo(Map.of("a", 1L));
    assertThat(names(state, "releases")).containsExactly("b");
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThat(StateTree.of("relases: []\nfoo: 1\n").load().messages())
        .contains("helmfile.yaml:1:1: unknown key \"relases\" (did you mean \"releases\"?)")
        .hasSize(2);
  }

  @Test
  void aKeyTwiceIsAProblem() {
    assertThat(StateTree.of("values: []\nvalues: []\n").load().messages())
        .containsExactly("helmfile.yaml:2:1: duplicate key \"values\" (first on line 1)");
  }

  @Test
  void problemsOfAllFilesComeAtOnce() {
    StateTree tree =
        StateTree.of("helmfiles: [a.yaml, b.yaml]\n")
            .with("a.yaml", "relases: []\n")
            .with("b.yaml", "environments: {default: {values: [none.yaml], secret: []}}\n");

    assertThat(tree.load().messages())
        .containsExactly(
            "a.yaml:1:1: unknown key \"relases\" (did you mean \"releases\"?)",
            "b.yaml:1:35: there is no file none.yaml",
            "b.yaml:1:47: unknown key \"secret\" (did you mean \"secrets\"?)");
  }
}
