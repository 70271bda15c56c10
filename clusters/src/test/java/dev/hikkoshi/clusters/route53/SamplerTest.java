package dev.hikkoshi.clusters.route53;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SamplerTest {

  private final Sampler sampler = new Sampler();

  private static Answer answer(String... targets) {
    return new Answer(Set.of(targets), 60);
  }

  @Test
  void addressesThatCameTogetherBelongTogether() {
    // Given a load balancer of more addresses than anybody was told at once
    sampler.know("192.0.2.1", "old");
    sampler.know("192.0.2.9", "new");
    // When
    Map<String, Long> counts =
        sampler.count(
            List.of(
                answer("192.0.2.3", "192.0.2.4"),
                answer("192.0.2.2", "192.0.2.3"),
                answer("192.0.2.1", "192.0.2.2"),
                answer("192.0.2.9")));
    // Then
    assertThat(counts).containsOnly(Map.entry("old", 3L), Map.entry("new", 1L));
  }

  @Test
  void whatPointsElsewhereOrNowhereIsAStrangers() {
    // Given
    sampler.know("192.0.2.1", "old");
    // When
    Map<String, Long> counts = sampler.count(List.of(answer("198.51.100.1"), answer()));
    // Then
    assertThat(counts).containsOnly(Map.entry("old", 0L), Map.entry("", 2L));
  }

  @Test
  void twoSidesBehindOneAddressCannotBeToldApart() {
    // Given
    sampler.know("192.0.2.1", "old");
    // When, Then
    assertThat(sampler.know("192.0.2.1", "new"))
        .hasValueSatisfying(t -> assertThat(t).contains("old"));
  }
}
