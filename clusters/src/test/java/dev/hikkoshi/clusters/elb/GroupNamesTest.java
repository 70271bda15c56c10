package dev.hikkoshi.clusters.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNamesTest {

  private static Rule rule(String environment, String route) {
    return new Rule(
        environment, route, "lb", 80, List.of("h"), List.of(), Optional.empty(), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop-1-37-2",
        "a",
        "-",
        "Shop_With_Underscores-1-37-12",
        "a-very-long-environment-name-that-goes-on-and-on-for-a-hundred-characters-1-37-999"
      })
  void aNameIsOneThatElbTakes(String cluster) {
    // When
    String name = GroupNames.of(rule("shop", "api"), cluster);
    // Then
    assertThat(name).matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?").hasSizeLessThanOrEqualTo(32);
    assertThat(name).startsWith(GroupNames.prefix(rule("shop", "api")));
    assertThat(name).isEqualTo(GroupNames.of(rule("shop", "api"), cluster));
  }

  @Test
  void othersHaveOtherNames() {
    // When
    Set<String> names =
        Stream.of(rule("shop", "api"), rule("shop", "web"), rule("shopa", "pi"))
            .flatMap(
                r ->
                    Stream.of("shop-1-37-1", "shop-1-37-11", "SHOP-1-37-1")
                        .map(c -> GroupNames.of(r, c)))
            .collect(Collectors.toSet());
    // Then
    assertThat(names).hasSize(9);
  }
}
