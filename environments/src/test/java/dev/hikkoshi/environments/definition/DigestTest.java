package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which commits are an event for an environment. */
class DigestTest {

  private static final TextTree TREE = TextTree.in("shop");
  private static final Definition BEFORE = TREE.definition();

  @Test
  void filesThatNobodyReadDoNotCount() {
    // When
    Definition after = TREE.with("shop/README.md", "x").with("other/web.yaml", "y").definition();

    // Then
    assertThat(after.digest()).isEqualTo(BEFORE.digest());
  }

  @Test
  void aValuesFileChangesBothDigests() {
    // When
    Definition after = TREE.with("shop/web.yaml", "a: 2\n").definition();

    // Then
    assertThat(after.digest()).isNotEqualTo(BEFORE.digest());
    assertThat(after.appDigest()).isNotEqualTo(BEFORE.appDigest());
  }

  @Test
  void aFileOfTheChartChangesBothDigests() {
    // When
    Definition after = TREE.with("shop/chart/templates/new.yaml", "x").definition();

    // Then
    assertThat(after.digest()).isNotEqualTo(BEFORE.digest());
    assertThat(after.appDigest()).isNotEqualTo(BEFORE.appDigest());
  }

  @Test
  void theClusterFileLeavesTheAppDigest() {
    // When
    Definition after = TREE.replaced("shop/cluster.yaml", "1.36", "1.37").definition();

    // Then
    assertThat(after.digest()).isNotEqualTo(BEFORE.digest());
    assertThat(after.appDigest()).isEqualTo(BEFORE.appDigest());
  }

  @Test
  void aSelectorChangesTheAppDigest() {
    // When
    Definition after =
        TREE.replaced("shop/environment.yaml", "apps: {", "apps: {selector: name=web, ")
            .definition();

    // Then
    assertThat(after.appDigest()).isNotEqualTo(BEFORE.appDigest());
  }

  @Test
  void theFolderIsNoPartOfTheIdentity() {
    // When
    Definition after = TextTree.in("elsewhere/shop").definition();

    // Then
    assertThat(after.digest()).isEqualTo(BEFORE.digest());
    assertThat(after.appDigest()).isEqualTo(BEFORE.appDigest());
  }
}
