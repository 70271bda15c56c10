package dev.hikkoshi.clusters.eks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/** A node group that is there, in the words of a cluster file. */
class GroupWordsTest {

  private final List<String> unsaid = new ArrayList<>();

  @Test
  void spotIsSaidWithEveryType() {
    // When
    Map<String, Object> said =
        words(
            group()
                .capacityType(CapacityTypes.SPOT)
                .instanceTypes("m7i.large", "m6i.large")
                .build());

    // Then
    assertThat(said)
        .containsEntry("spot", true)
        .containsEntry("instanceTypes", List.of("m7i.large", "m6i.large"));
    assertThat(unsaid).isEmpty();
  }

  @Test
  void capacityOnDemandNeedsNoWord() {
    assertThat(words(group().capacityType(CapacityTypes.ON_DEMAND).build()))
        .doesNotContainKey("spot");
  }

  private Map<String, Object> words(Nodegroup group) {
    return new GroupWords(unsaid).of(group);
  }

  private static Nodegroup.Builder group() {
    return Nodegroup.builder()
        .nodegroupName("apps")
        .amiType("AL2023_x86_64_STANDARD")
        .subnets("subnet-1")
        .nodeRole("arn:aws:iam::111122223333:role/eks-node");
  }
}
