package dev.hikkoshi.sandbox.lbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.sandbox.elb.TargetGroup;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {

  private static final Service WEB =
      Serialization.unmarshal(
          "spec: {ports: [{name: http, port: 80}, {name: admin, port: 81}]}", Service.class);

  private static final ServicePort HTTP = WEB.getSpec().getPorts().getFirst();

  private static EndpointSlice slice(String rest) {
    return Serialization.unmarshal("addressType: IPv4\n" + rest, EndpointSlice.class);
  }

  @Test
  void aPortIsFoundByNumberOrName() {
    assertThat(Targets.port(WEB, new IntOrString(80))).contains(HTTP);
    assertThat(Targets.port(WEB, new IntOrString("http"))).contains(HTTP);
    assertThat(Targets.port(WEB, new IntOrString(8080))).isEmpty();
  }

  @Test
  void onlyReadyEndpointsOfThePortAreTargets() {
    EndpointSlice slice =
        slice(
            """
            ports: [{name: admin, port: 9090}, {name: http, port: 8080}]
            endpoints: [{addresses: [10.16.0.1], conditions: {ready: true}},
                        {addresses: [10.16.0.2], conditions: {ready: false, serving: true}},
                        {addresses: [10.16.0.3]}]""");

    assertThat(Targets.ready(HTTP, List.of(slice)))
        .containsExactly(
            new TargetGroup.Address("10.16.0.1", 8080), new TargetGroup.Address("10.16.0.3", 8080));
  }

  @Test
  void aServiceWithoutPodsHasNoTargets() {
    assertThat(Targets.ready(HTTP, List.of(slice("ports: null\nendpoints: null")))).isEmpty();
    assertThat(Targets.ready(HTTP, List.of())).isEmpty();
  }
}
