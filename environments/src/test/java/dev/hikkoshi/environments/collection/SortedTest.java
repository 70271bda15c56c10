package dev.hikkoshi.environments.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SortedTest {

  @Test
  void whatWasCopiedIsNotCopiedAgain() {
    // Given
    SortedMap<String, Integer> map = Sorted.copyOf(Map.of("b", 2, "a", 1));

    // Then
    assertThat(Sorted.copyOf(map)).isSameAs(map);
    assertThat(Sorted.without(map, "c")).isSameAs(map);
    assertThat(map).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
  }

  @Test
  void theOriginalMayChangeAndTheCopyMayNot() {
    // Given
    Map<String, Integer> original = new HashMap<>(Map.of("a", 1));
    SortedMap<String, Integer> copy = Sorted.copyOf(original);

    // When
    original.put("b", 2);

    // Then
    assertThat(copy).containsOnlyKeys("a");
    assertThatThrownBy(() -> copy.put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> copy.entrySet().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> copy.tailMap("a").clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> copy.pollFirstEntry())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void changesAreOtherMaps() {
    // Given
    SortedMap<String, Integer> map = Sorted.copyOf(Map.of("a", 1, "b", 2));

    // Then
    assertThat(Sorted.with(map, "b", 3)).containsExactly(Map.entry("a", 1), Map.entry("b", 3));
    assertThat(Sorted.without(map, "a")).containsExactly(Map.entry("b", 2));
    assertThat(Sorted.<String, Integer>empty()).isEmpty();
    assertThat(map).containsExactly(Map.entry("a", 1), Map.entry("b", 2));
  }

  @Test
  void itEqualsEveryMapOfTheSameEntries() {
    // Given
    SortedMap<String, Integer> map = Sorted.copyOf(Map.of("a", 1, "b", 2));
    Map<String, Integer> tree = new TreeMap<>(map);

    // Then
    assertThat(map).isEqualTo(tree).hasSameHashCodeAs(tree).hasToString("{a=1, b=2}");
    assertThat(tree).isEqualTo(map);
    assertThat(map.firstKey()).isEqualTo("a");
    assertThat(map.lastKey()).isEqualTo("b");
    assertThat(map.headMap("b")).containsOnlyKeys("a");
    assertThat(map.subMap("a", "b")).containsOnlyKeys("a");
  }
}
