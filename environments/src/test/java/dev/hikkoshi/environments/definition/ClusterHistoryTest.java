package dev.hikkoshi.environments.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.definition.ClusterHistory.LastChange;
import dev.hikkoshi.environments.observed.Observation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rule 8, the half that needs no rendering. */
class ClusterHistoryTest {

  private static final TextTree OLD = TextTree.in("shop");
  private static final TextTree NEW = version("1.37");
  private static final TextTree BROKEN = OLD.replaced("shop/environment.yaml", "mode: act", "m: 1");

  private final Map<String, TextTree> chain = new LinkedHashMap<>();
  private final List<String> looked = new ArrayList<>();

  private static TextTree version(String version) {
    return OLD.replaced("shop/cluster.yaml", "1.36", version);
  }

  private LastChange lastChange() {
    return ClusterHistory.lastChange(
        List.copyOf(chain.keySet()),
        "shop",
        commit -> {
          looked.add(commit);
          TextTree tree = chain.getOrDefault(commit, OLD);
          return tree.texts().containsKey("unreadable")
              ? Observation.unknown(commit, "gone")
              : Observation.known(tree.read());
        });
  }

  @Test
  void theCommitThatChangedTheClusterIsFoundBelowLaterOnes() {
    // Given
    chain.put("c4", NEW.with("shop/web.yaml", "a: 2\n"));
    chain.put("c3", NEW);
    chain.put("c2", OLD);
    chain.put("c1", OLD);

    // When
    LastChange change = lastChange();

    // Then
    assertThat(change).isEqualTo(new LastChange.Between("c3", "c2", List.of()));
    assertThat(looked).containsExactly("c4", "c3", "c2");
  }

  @Test
  void fieldsThatChangeInPlaceAreNoChangeOfTheCluster() {
    // Given
    chain.put("c2", OLD.replaced("shop/cluster.yaml", "  version", "  tags: {a: b}\n  version"));
    chain.put("c1", OLD);

    // Then
    assertThat(lastChange()).isEqualTo(new LastChange.None());
  }

  @Test
  void raisingTheNumberIsAChange() {
    // Given
    chain.put("c2", OLD.replaced("shop/environment.yaml", "config:", "number: 2, config:"));
    chain.put("c1", OLD);

    // Then
    assertThat(lastChange()).isEqualTo(new LastChange.Between("c2", "c1", List.of()));
  }

  @Test
  void brokenCommitsInBetweenCountAsChangedTogether() {
    // Given
    chain.put("c4", NEW);
    chain.put("c3", BROKEN);
    chain.put("c2", BROKEN);
    chain.put("c1", OLD);

    // Then
    assertThat(lastChange()).isEqualTo(new LastChange.Between("c4", "c1", List.of("c3", "c2")));
  }

  @Test
  void aCommitThatCannotBeReadMakesItUnknown() {
    // Given
    chain.put("c3", NEW);
    chain.put("c2", OLD.with("unreadable", ""));
    chain.put("c1", OLD);

    // Then
    assertThat(lastChange()).isEqualTo(new LastChange.Unknown("c2", "gone"));
  }

  @Test
  void anEnvironmentThatWasNotThereBeforeIsBorn() {
    // Given
    chain.put("c2", NEW);
    chain.put("c1", new TextTree(Map.of("README.md", "")));

    // Then
    assertThat(lastChange()).isEqualTo(new LastChange.Born("c2"));
  }
}
