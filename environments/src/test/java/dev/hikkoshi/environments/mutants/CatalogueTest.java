package dev.hikkoshi.environments.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which mutants are judged. */
class CatalogueTest {

  @Test
  void whatDecidesIsJudgedAndWhatIsOnlyReadIsNot() throws IOException {
    // Given, When
    List<Mutation> all = Catalogue.all();

    // Then
    Set<String> methods =
        all.stream()
            .map(m -> m.type().substring(m.type().lastIndexOf('.') + 1) + "." + m.method())
            .collect(Collectors.toSet());
    assertThat(all).extracting(Mutation::part).contains("plan", "move", "check");
    assertThat(methods)
        .contains("RouteGate.home", "Action$CreateCluster.key", "Frozen.gone")
        .doesNotContain(
            "Action$CreateCluster.cluster", "MovePhase$Gone.equals", "MovePhase$Building.word");
  }

  @Test
  void eachIsReadAsItWasWritten() throws IOException {
    // Given, When, Then
    assertThat(Catalogue.all())
        .allSatisfy(m -> assertThat(Mutation.read(m.written())).isEqualTo(m));
  }
}
