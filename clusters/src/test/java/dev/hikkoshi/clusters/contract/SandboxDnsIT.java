package dev.hikkoshi.clusters.contract;

import dev.hikkoshi.clusters.route53.Route53Dns;
import dev.hikkoshi.environments.port.DnsGateway;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

  @Override
  DnsWorld open() {
    return new AwsDnsWorld(region.region, gateway, SandboxRegion.SUBNETS, Map.of());
  }
}
