package dev.hikkoshi.clusters.eks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eks.model.CapacityTypes;
import software.amazon.awssdk.services.eks.model.CreateNodegroupRequest;

/** What a spec leaves open is not sent; what it says is. */
class EksRequestsTest {

  private static final List<String> TYPES = List.of("m7i.large", "m6i.large", "m5.large");

  @Test
  void spotIsAskedForWithEveryType() {
    // When
    CreateNodegroupRequest request = EksRequests.nodegroup("shop", nodes(true));

    // Then
    assertThat(request.capacityType()).isEqualTo(CapacityTypes.SPOT);
    assertThat(request.instanceTypes()).isEqualTo(TYPES);
  }

  @Test
  void withoutSpotTheCapacityIsEks() {
    // When
    CreateNodegroupRequest request = EksRequests.nodegroup("shop", nodes(false));

    // Then
    assertThat(request.capacityType()).isNull();
  }

  private static NodegroupSpec nodes(boolean spot) {
    return new NodegroupSpec(
        "apps",
        "arn:aws:iam::111122223333:role/eks-node",
        List.of("subnet-1"),
        TYPES,
        Optional.empty(),
        spot,
        1,
        3,
        2,
        Optional.empty(),
        Map.of(),
        List.of(),
        Map.of());
  }
}
