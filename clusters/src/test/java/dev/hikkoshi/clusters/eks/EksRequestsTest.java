package dev.hikkoshi.clusters.eks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.LaunchTemplate;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.CreateClusterRequest;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;
import software.amazon.awssdk.services.eks.model.EncryptionConfig;
import software.amazon.awssdk.services.eks.model.LaunchTemplateSpecification;

/** What a spec leaves open is not sent; what it says is. */
class EksRequestsTest {

  private static final String KEY = "arn:aws:kms:ap-northeast-1:111122223333:key/1";
  private static final List<String> TYPES = List.of("m7i.large", "m6i.large", "m5.large");

  @Test
  void spotIsAskedForWithEveryType() {
    // When
    CreateNodegroupRequest request =
        EksRequests.nodegroup("shop", nodes(TYPES, true, Optional.empty()));

    // Then
    assertThat(request.capacityType()).isEqualTo(CapacityTypes.SPOT);
    assertThat(request.instanceTypes()).isEqualTo(TYPES);
  }

  @Test
  void withoutSpotTheCapacityIsEks() {
    // When
    CreateNodegroupRequest request =
        EksRequests.nodegroup("shop", nodes(TYPES, false, Optional.empty()));

    // Then
    assertThat(request.capacityType()).isNull();
  }

  @Test
  void aLaunchTemplateIsNamedByItsNumberAndBringsTheInstanceType() {
    // When
    CreateNodegroupRequest request =
        EksRequests.nodegroup(
            "shop", nodes(List.of(), false, Optional.of(new LaunchTemplate("lt-1", "3"))));

    // Then
    assertThat(request.launchTemplate())
        .isEqualTo(LaunchTemplateSpecification.builder().id("lt-1").version("3").build());
    assertThat(request.hasInstanceTypes()).isFalse();
    assertThat(request.diskSize()).isNull();
  }

  @Test
  void withoutALaunchTemplateEksMakesItsOwn() {
    assertThat(
            EksRequests.nodegroup("shop", nodes(TYPES, false, Optional.empty())).launchTemplate())
        .isNull();
  }

  @Test
  void secretsAreEncryptedWithTheKeyThatIsNamed() {
    // When
    CreateClusterRequest request = EksRequests.cluster(cluster(Optional.of(KEY)));

    // Then
    assertThat(request.encryptionConfig())
        .containsExactly(
            EncryptionConfig.builder().resources("secrets").provider(p -> p.keyArn(KEY)).build());
  }

  @Test
  void withoutAKeyEksTakesItsOwn() {
    assertThat(EksRequests.cluster(cluster(Optional.empty())).hasEncryptionConfig()).isFalse();
  }

  private static ClusterSpec cluster(Optional<String> key) {
    return new ClusterSpec(
        "shop",
        "1.37",
        "arn:aws:iam::111122223333:role/eks-cluster",
        List.of("subnet-1", "subnet-2"),
        List.of(),
        true,
        true,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        key,
        "API",
        "STANDARD",
        List.of(),
        Map.of(),
        "token");
  }

  private static NodegroupSpec nodes(
      List<String> types, boolean spot, Optional<LaunchTemplate> template) {
    return new NodegroupSpec(
        "apps",
        "arn:aws:iam::111122223333:role/eks-node",
        List.of("subnet-1"),
        types,
        Optional.empty(),
        spot,
        template,
        1,
        3,
        2,
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of());
  }
}
