package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.clusters.route53.DnsServers;
import dev.hikkoshi.clusters.route53.Route53Dns;
import dev.hikkoshi.environments.port.DnsGateway;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The adapter to Route 53, judged by an emulator of others. */
class MotoDnsIT extends DnsContract {

  private static @Nullable MotoRegion moto;
  private static DnsGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    moto = new MotoRegion();
    // A name that never exists (RFC 6761): no name server answers for moto's zones.
    DnsServers nobody = DnsServers.parse(List.of("nobody.invalid"));
    gateway = new Route53Dns(moto.region.adapters, nobody, InstantSource.system());
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @Override
  DnsWorld open() {
    MotoRegion running = Objects.requireNonNull(moto);
    return new AwsDnsWorld(running.region, gateway, running.subnets, MotoRegion.LACKING);
  }
}
