package dev.hikkoshi.clusters.contract;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The adapter to ELBv2 and CloudWatch, with requests that really pass. */
class SandboxBalancersIT extends BalancerContract {

  @TempDir static Path directory;
  private static SandboxRegion region;

  @BeforeAll
  static void start() throws Exception {
    region = new SandboxRegion(directory);
  }

  @AfterAll
  static void stop() {
    region.close();
  }

  @Override
  BalancerWorld open() {
    return new AwsBalancerWorld(
        region.region,
        SandboxRegion.SUBNETS,
        SandboxRegion.metricPeriod(),
        region.traffic(),
        Map.of(Trait.FRONTS, "the sandbox plays targets of type ip only"));
  }
}
