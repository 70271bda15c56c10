package dev.hikkoshi.demo.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hikkoshi.clusters.testing.PythonTools;
import dev.hikkoshi.demo.story.Teller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The way home without Hikkoshi from a few instants; {@code evidence/home-by-hand} asks fifty. */
class HomeByHandIT {

  private static final List<String> AWS = List.of("awscli==1.46.3");

  /** Two regions at once on two cores: what is judged is that none is lost, not how many come. */
  private static final int PER_SECOND = 50;

  /**
   * Two instants in two regions side by side, because a region mostly waits: one in the middle of a
   * move and one late. {@code evidence/home-by-hand} asks after reverts too.
   */
  private static final List<Asked> ASKED = List.of(new Asked(1, 11), new Asked(1, 34));

  /** The proof prints each instant with its number and phase. */
  private record Asked(int times, long seed) {

    /** Throws what does not hold, so that the build's log says it. */
    String figure(Path aws) {
      InstantSource clock = InstantSource.system();
      var asked =
          new Ground.Asked(Optional.empty(), Optional.of(aws), times, seed, PER_SECOND, false);
      try (Teller teller = Teller.standard(clock)) {
        return EvidenceMain.show(EvidenceMain.Key.HOME_BY_HAND, asked, teller, clock);
      }
    }
  }

  @Test
  void whatStatusSaysBringsTrafficHomeWithTheRealCommandLine()
      throws IOException, InterruptedException {
    // Given
    Path aws = PythonTools.orSkip("awscli", AWS).resolve("aws");

    // When
    List<Future<String>> runs;
    try (var threads = Executors.newFixedThreadPool(ASKED.size())) {
      runs =
          threads.invokeAll(
              ASKED.stream().<Callable<String>>map(asked -> () -> asked.figure(aws)).toList());
    }

    // Then
    assertThat(runs)
        .zipSatisfy(
            ASKED,
            (run, asked) ->
                assertThat(run)
                    .as("%s", asked)
                    .succeedsWithin(Duration.ZERO)
                    .asString()
                    .contains("%d of %<d instants home".formatted(asked.times())));
  }
}
