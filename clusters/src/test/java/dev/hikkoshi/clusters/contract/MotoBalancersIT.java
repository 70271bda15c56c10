package dev.hikkoshi.clusters.contract;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The adapter to ELBv2 and CloudWatch, judged by an emulator of others. */
class MotoBalancersIT extends BalancerContract {

  private static @Nullable MotoRegion moto;

  @BeforeAll
  static void start() throws Exception {
    moto = new MotoRegion();
  }

  @AfterAll
  static void stop() {
    if (moto != null) {
      moto.close();
    }
  }

  @Override
  BalancerWorld open() {
    MotoRegion running = Objects.requireNonNull(moto);
    return new AwsBalancerWorld(
        running.region,
        running.subnets,
        Duration.ofSeconds(60),
        MotoRegion.traffic(),
        MotoRegion.LACKING);
  }
}
