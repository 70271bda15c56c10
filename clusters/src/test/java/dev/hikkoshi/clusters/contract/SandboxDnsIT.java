package dev.hikkoshi.clusters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.route53.Route53Dns;
import dev.hikkoshi.environments.observed.RouteSeen.OwnerMark;
import dev.hikkoshi.environments.port.DnsGateway;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The adapter to Route 53, on a region that is as strict as AWS says it is. */
class SandboxDnsIT extends DnsContract {

  @TempDir static Path directory;
  private static SandboxRegion region;
  private static DnsGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    region = new SandboxRegion(directory);
    gateway = new Route53Dns(region.region.adapters, region.servers(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    region.close();
  }

  @Test
  void marksOfExternalDnsAreFoundByNameTypePrefixAndObject() {
    // Given
    String ours =
        "\"heritage=external-dns,external-dns/owner=main,external-dns/resource=ingress/web/web\"";
    String theirs = ours.replace("ingress/web/web", "ingress/web/other");
    world.createByHand(
        List.of(
            simple(in("a-www"), "TXT", 300, ours),
            simple(in("www"), "TXT", 300, "\"v=spf1 -all\"", ours),
            simple(in("mine-www-x"), "TXT", 300, ours),
            simple(in("mine-www"), "TXT", 300, theirs),
            simple(in("a-api"), "TXT", 300, theirs)),
        "");

    // When
    var marks = gateway.marks(world.zone(), name(), "ingress/web/web");

    // Then
    assertThat(marks.known().orElseThrow())
        .extracting(OwnerMark::name)
        .containsExactlyInAnyOrder(in("a-www"), in("www"), in("mine-www-x"));
    assertThat(marks.known().orElseThrow()).allMatch(m -> m.owner().equals("main"));
  }

  @Override
  DnsWorld open() {
    return new AwsDnsWorld(region.region, gateway, SandboxRegion.SUBNETS, Map.of());
  }
}
