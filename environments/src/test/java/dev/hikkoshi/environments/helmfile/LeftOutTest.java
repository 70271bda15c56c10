package dev.hikkoshi.environments.helmfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What nobody asks for is not refused, as helmfile would not run it; what is wrong stays wrong. */
class LeftOutTest {

  private static final String RELEASES =
      """
      values: [{off: {enabled: false}}]
      templates:
        patched: {jsonPatches: [{op: remove}]}
      releases:
      - {name: a, chart: ./web, labels: {tier: web}}
      - {name: b, chart: ./web, inherit: [{template: patched}], needs: [a]}
      - {name: c, chart: ./web, labels: {tier: web}, condition: off.enabled, hooks: [{command: x}]}
      """;

  private static StateTree tree(String helmfile) {
    return StateTree.of(helmfile).with("web/Chart.yaml", "name: web\n");
  }

  @Test
  void whatASelectorOrAConditionLeavesOutIsNotRefused() {
    // Given
    StateTree tree = tree(RELEASES);

    // When
    StateTree.Apps selected = tree.selecting(Selector.parse("tier=web").orElseThrow()).apps();
    StateTree.Apps all = tree.apps();

    // Then
    assertThat(selected.messages()).isEmpty();
    assertThat(selected.apps().orElseThrow().releases()).hasSize(1);
    assertThat(all.messages())
        .singleElement()
        .asString()
        .contains("helmfile.yaml:3", "refused: jsonPatches");
  }

  @Test
  void whatASelectedReleaseNeedsIsRefusedWhereNeedsAreIncluded() {
    // Given
    StateTree tree =
        tree("""
             releases:
             - {name: a, chart: ./web, needs: [b]}
             - {name: b, chart: ./web, force: true}
             """)
            .selecting(Selector.parse("name=a").orElseThrow());

    // When
    StateTree.Apps alone = tree.apps();
    StateTree.Apps withNeeds = tree.appsWithNeeds();

    // Then
    assertThat(alone.messages()).isEmpty();
    assertThat(withNeeds.messages())
        .singleElement()
        .asString()
        .contains("helmfile.yaml:3", "refused: force");
  }

  @Test
  void whatIsUnknownIsAProblemEverywhere() {
    // When
    StateTree.Apps apps =
        tree("""
             releases:
             - {name: a, chart: ./web}
             - {name: b, chart: ./web, forse: true}
             """)
            .selecting(Selector.parse("name=a").orElseThrow())
            .apps();

    // Then
    assertThat(apps.messages())
        .singleElement()
        .asString()
        .contains("helmfile.yaml:3", "unknown key \"forse\"");
  }
}
