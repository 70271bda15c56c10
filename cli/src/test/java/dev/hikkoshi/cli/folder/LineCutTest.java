package dev.hikkoshi.cli.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineCutTest {

  private static final String TEXT =
      """
      # who made it
      kind: ClusterConfig
      gitops:
        flux:
          # inside
          branch: main

        other: 1
      nodeGroups:
      - name: one
        size: 2
      - size: 3
        name: two
      last: {a: 1, b: 2} # stays
      """;

  @Test
  void aKeyGoesWithAllThatBelongsToIt() {
    assertThat(LineCut.without(TEXT, 3, 1))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("# who made it\nkind: ClusterConfig\nnodeGroups:\n")
                    .endsWith("last: {a: 1, b: 2} # stays\n"));
  }

  @Test
  void itemsRightUnderTheirKeyBelongToIt() {
    assertThat(LineCut.without(TEXT, 9, 1))
        .hasValueSatisfying(text -> assertThat(text).contains("other: 1\nlast:"));
  }

  @Test
  void theFirstKeyOfAnItemLeavesItsDashToTheNext() {
    assertThat(LineCut.without(TEXT, 12, 3))
        .hasValueSatisfying(text -> assertThat(text).contains("  size: 2\n- name: two\nlast"));
  }

  @Test
  void theOnlyKeyOfAnItemTakesTheItemAlong() {
    assertThat(LineCut.without("a:\n  - x: 1\n  - y: 2\n", 2, 5)).hasValue("a:\n  - y: 2\n");
  }

  @Test
  void aKeyThatSharesItsLineIsForAPerson() {
    assertThat(LineCut.without(TEXT, 14, 8)).isEmpty();
    assertThat(LineCut.without(TEXT, 99, 1)).isEmpty();
  }
}
