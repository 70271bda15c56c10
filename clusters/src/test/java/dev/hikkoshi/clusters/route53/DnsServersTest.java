package dev.hikkoshi.clusters.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class DnsServersTest {

  @Test
  void aServerWithoutAPortHasPort53() {
    // When
    DnsServers servers =
        DnsServers.parse(List.of("127.0.0.1", "127.0.0.1:5353", "[::1]:54", "::1"));
    // Then
    assertThat(servers.addresses())
        .extracting(InetSocketAddress::getPort)
        .containsExactly(53, 5353, 54, 53);
  }

  @Test
  void aPortThatIsNoneIsAnError() {
    // When, Then
    assertThatThrownBy(() -> DnsServers.parse(List.of("127.0.0.1:x")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
