package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Environments of several sources that claim the same. */
class TogetherTest {

  private static TextTree named(String folder, String name) {
    return TextTree.in(folder)
        .replaced(folder + "/environment.yaml", "name: shop", "name: " + name);
  }

  @Test
  void oneNameInTwoSourcesIsBadInBothAndNamesTheOther() {
    // Given
    List<Reading> one = TextTree.in("shop").read();
    List<Reading> two = TextTree.in("copy").read();

    // When
    Map<String, List<Reading>> all = Definitions.together(Map.of("main", one, "team", two));

    // Then
    assertThat(all.get("main")).singleElement().isInstanceOf(Reading.Bad.class);
    assertThat(all.get("team"))
        .singleElement()
        .isInstanceOfSatisfying(
            Reading.Bad.class,
            bad ->
                assertThat(bad.problems())
                    .anySatisfy(
                        p ->
                            assertThat(p.message())
                                .contains(
                                    "the name shop", "shop/environment.yaml:3", "source main")));
  }

  @Test
  void aThirdEnvironmentDoesNotSlipPastTwoThatAlreadyCollide() {
    // Given
    List<Reading> colliding = named("a", "a").and(named("b", "b")).read();
    List<Reading> third = named("c", "c").read();

    // When
    Map<String, List<Reading>> all = Definitions.together(Map.of("x", colliding, "y", third));

    // Then
    assertThat(colliding).hasOnlyElementsOfType(Reading.Bad.class);
    assertThat(third).hasOnlyElementsOfType(Reading.Good.class);
    assertThat(all.get("y")).singleElement().isInstanceOf(Reading.Bad.class);
  }

  @Test
  void environmentsThatShareNothingStayGood() {
    // Given
    TextTree other =
        named("c", "c").replaced("c/environment.yaml", "www.example.com", "c.example.com");

    // When
    Map<String, List<Reading>> all =
        Definitions.together(Map.of("x", TextTree.in("shop").read(), "y", other.read()));

    // Then
    assertThat(all.values())
        .allSatisfy(r -> assertThat(r).hasOnlyElementsOfType(Reading.Good.class));
  }

  @Test
  void judgingTwiceSaysTheSame() {
    // Given
    Map<String, List<Reading>> once =
        Definitions.together(
            Map.of("x", TextTree.in("shop").read(), "y", TextTree.in("shop").read()));

    // When
    Map<String, List<Reading>> twice = Definitions.together(once);

    // Then
    assertThat(twice).isEqualTo(once);
  }
}
