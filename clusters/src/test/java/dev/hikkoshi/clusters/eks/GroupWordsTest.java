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

  @Test
  void aLaunchTemplateIsSaidAndWhatToLookAtIsTold() {
    // When
    Map<String, Object> said =
        words(
            group()
                .instanceTypes("m7i.large")
                .launchTemplate(t -> t.id("lt-1").name("nodes").version("3"))
                .build());

    // Then
    assertThat(said)
        .containsEntry("launchTemplate", Map.of("id", "lt-1", "version", "3"))
        .containsEntry("amiFamily", "AmazonLinux2023");
    assertThat(unsaid)
        .singleElement()
        .asString()
        .contains("node group apps", "launch template nodes", "has to fit the next cluster");
  }

  @Test
  void anImageOfTheTemplateNeedsNoWord() {
    // When
    Map<String, Object> said =
        words(group().amiType("CUSTOM").launchTemplate(t -> t.id("lt-1").version("3")).build());

    // Then
    assertThat(said).doesNotContainKeys("amiFamily", "instanceType");
    assertThat(unsaid).noneMatch(line -> line.contains(" runs "));
    assertThat(unsaid).anyMatch(line -> line.contains("t3.medium"));
  }

  @Test
  void aFamilyWhoseInstanceTypeIsTheTemplatesCannotBeSaid() {
    // When
    Map<String, Object> said =
        words(
            group()
                .amiType("BOTTLEROCKET_ARM_64")
                .launchTemplate(t -> t.id("lt-1").version("3"))
                .build());

    // Then
    assertThat(said).doesNotContainKey("amiFamily");
    assertThat(unsaid).anyMatch(line -> line.contains("runs BOTTLEROCKET_ARM_64"));
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
