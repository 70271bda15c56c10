package dev.hikkoshi.clusters.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.elb.ElbBalancers;
import dev.hikkoshi.clusters.route53.Route53Dns;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.BalancerGateway.Rule;
import dev.hikkoshi.environments.port.DnsGateway.Zone;
import dev.hikkoshi.sandbox.aws.CallLog.Call;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zones and load balancers of other accounts are reached with the role that is named for them. */
class SandboxRolesIT {

  private static final Optional<String> ROLE =
      Optional.of("arn:aws:iam::111122223333:role/traffic");
  private static final Optional<String> NOBODY =
      Optional.of("arn:aws:iam::111122223333:role/nobody");

  @TempDir static Path directory;
  private static SandboxRegion region;
  private static Route53Dns dns;
  private static ElbBalancers balancers;

  @BeforeAll
  static void start() throws Exception {
    region = new SandboxRegion(directory);
    var aws = region.region.byHand;
    dns = new Route53Dns(aws, region.servers(), InstantSource.system());
    balancers = new ElbBalancers(aws, SandboxRegion.metricPeriod(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    region.close();
  }

  private static List<String> principals(String operation) {
    return region
        .sandbox
        .calls()
        .after(0, call -> call.operation().equals(operation), Integer.MAX_VALUE)
        .stream()
        .map(Call::principal)
        .toList();
  }

  @Test
  void aZoneIsReadWithItsRole() {
    // Given
    try (var world = new AwsDnsWorld(region.region, dns, SandboxRegion.SUBNETS, Map.of())) {
      Zone zone = new Zone(world.zone().name(), ROLE);
      // When
      var seen = dns.route(zone, "www." + zone.name());
      // Then
      assertThat(seen).isInstanceOf(Observation.Known.class);
      assertThat(principals("ListHostedZonesByName"))
          .singleElement()
          .satisfies(principal -> assertThat(principal).contains("assumed-role/traffic/hikkoshi"));
    }
  }

  @Test
  void aRuleIsReadWithItsRole() {
    // Given
    try (var world =
        new AwsBalancerWorld(
            region.region,
            SandboxRegion.SUBNETS,
            SandboxRegion.metricPeriod(),
            region.traffic(),
            Map.of())) {
      Rule own = world.rule();
      Rule rule =
          new Rule(
              own.environment(),
              own.route(),
              own.loadBalancer(),
              own.port(),
              own.hosts(),
              own.paths(),
              ROLE,
              own.formerly());
      // When
      var seen = balancers.route(rule);
      // Then
      assertThat(seen).isInstanceOf(Observation.Known.class);
      assertThat(principals("DescribeRules"))
          .singleElement()
          .satisfies(principal -> assertThat(principal).contains("assumed-role/traffic/hikkoshi"));
    }
  }

  @Test
  void anAccountThatCannotBeEnteredMakesTheWholeSearchUnknown() {
    // When
    var records = dns.references(Set.of(ROLE, NOBODY), Set.of("any.elb.amazonaws.com"));
    var actions = balancers.references(Set.of(ROLE, NOBODY), Set.of("arn:any"), Set.of());
    // Then
    assertThat(records).isInstanceOf(Observation.Unknown.class);
    assertThat(actions).isInstanceOf(Observation.Unknown.class);
  }
}
