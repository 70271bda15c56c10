package dev.hikkoshi.demo.evidence;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is done to a move while users are there. The table says beforehand whether it touches the
 * way of a request: where it does, requests may be lost with a cause; where it does not, none may.
 */
enum Mischief {
  CONTROLLER_KILLED("the controller is killed and started again", false, Mischief::killed),
  THROTTLED("AWS throttles", false, calls("throttle")),
  REFUSED("AWS answers 500 and did nothing", false, calls("error-before")),
  DONE_AND_REFUSED("AWS does it and answers 500", false, calls("error-after")),
  ANSWER_LOST("AWS does it and the answer is lost", false, calls("lost")),
  CUT("the connection is cut before AWS does anything", false, calls("cut")),
  SLOW("AWS takes its time", false, calls("slow")),
  STALE("AWS answers as it did before", false, calls("stale")),
  OLD_API_SERVER(
      "the old cluster's API server dies",
      false,
      (ground, _) -> ground.region().killApiServer(ground.move().from().orElseThrow())),
  NEW_API_SERVER(
      "the new cluster's API server dies",
      false,
      (ground, _) -> ground.region().killApiServer(ground.move().to())),
  MANAGEMENT_API_SERVER(
      "the management cluster's API server dies",
      false,
      (ground, _) -> ground.region().killApiServer("management")),
  POD_KILLED("a pod that serves is deleted", true, Mischief::podKilled);

  /** One way to strike. */
  @FunctionalInterface
  private interface Strike {
    void on(Ground ground, SplittableRandom random);
  }

  private final String words;
  private final boolean inTheWay;
  private final Strike strike;

  Mischief(String words, boolean inTheWay, Strike strike) {
    this.words = words;
    this.inTheWay = inTheWay;
    this.strike = strike;
  }

  /** Does it now; returns when it is done, which for calls of AWS is before they come. */
  void strike(Ground ground, SplittableRandom random) {
    strike.on(ground, random);
  }

  /** What happens, for people. */
  String words() {
    return words;
  }

  /** Whether it touches the way of a request. */
  boolean inTheWay() {
    return inTheWay;
  }

  private static void killed(Ground ground, SplittableRandom random) {
    ground.kill();
    ground.start();
  }

  private static void podKilled(Ground ground, SplittableRandom random) {
    try (Inside inside = ground.inside(ground.move().from().orElseThrow())) {
      inside.deletePod(random.nextBoolean() ? "web" : "api");
    }
  }

  /** A few of the next calls, of one service or of all, meet an effect of the fault script. */
  private static Strike calls(String effect) {
    String[] services = {"route53", "elasticloadbalancing", "eks", "*"};
    return (ground, random) ->
        ground
            .region()
            .fault(
                Map.of(
                    "service",
                    services[random.nextInt(services.length)],
                    "skip",
                    random.nextInt(4),
                    "count",
                    1 + random.nextInt(5),
                    "effect",
                    effect,
                    "millis",
                    500 + random.nextInt(2_500)));
  }
}
