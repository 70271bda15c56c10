package dev.hikkoshi.demo.evidence;

import java.util.Map;
import java.util.SplittableRandom;

/**
 * What is done to a move while users are there. The table says beforehand whether it touches the
 * way of a request: where it does, requests may be lost with a cause; where it does not, none may.
 */
enum Mischief {
  CONTROLLER_KILLED("the controller is killed and started again", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      ground.kill();
      ground.start();
    }
  },
  THROTTLED("AWS throttles", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      calls(ground, random, "throttle", 2 + random.nextInt(6), 0);
    }
  },
  REFUSED("AWS answers 500 and did nothing", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      calls(ground, random, "error-before", 1 + random.nextInt(4), 0);
    }
  },
  DONE_AND_REFUSED("AWS does it and answers 500", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      calls(ground, random, "error-after", 1 + random.nextInt(3), 0);
    }
  },
  ANSWER_LOST("AWS does it and the answer is lost", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      calls(ground, random, "lost", 1 + random.nextInt(3), 0);
    }
  },
  CUT("the connection is cut before AWS does anything", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      calls(ground, random, "cut", 1 + random.nextInt(4), 0);
    }
  },
  SLOW("AWS takes its time", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      calls(ground, random, "slow", 1 + random.nextInt(3), 500 + random.nextInt(2_500));
    }
  },
  STALE("AWS answers as it did before", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      calls(ground, random, "stale", 1 + random.nextInt(6), 0);
    }
  },
  OLD_API_SERVER("the old cluster's API server dies", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      ground.region().killApiServer(ground.move().from().orElseThrow());
    }
  },
  NEW_API_SERVER("the new cluster's API server dies", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      ground.region().killApiServer(ground.move().to());
    }
  },
  MANAGEMENT_API_SERVER("the management cluster's API server dies", false) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      ground.region().killApiServer("management");
    }
  },
  POD_KILLED("a pod that serves is deleted", true) {
    @Override
    void strike(Ground ground, SplittableRandom random) {
      String cluster = ground.move().from().orElseThrow();
      try (Inside inside = ground.inside(cluster)) {
        inside.deletePod(random.nextBoolean() ? "web" : "api");
      }
    }
  };

  private static final String[] SERVICES = {"route53", "elasticloadbalancing", "eks", "*"};

  private final String words;
  private final boolean inTheWay;

  Mischief(String words, boolean inTheWay) {
    this.words = words;
    this.inTheWay = inTheWay;
  }

  /** Does it now; returns when it is done, which for calls of AWS is before they come. */
  abstract void strike(Ground ground, SplittableRandom random);

  /** What happens, for people. */
  String words() {
    return words;
  }

  /** Whether it touches the way of a request. */
  boolean inTheWay() {
    return inTheWay;
  }

  private static void calls(
      Ground ground, SplittableRandom random, String effect, int count, int millis) {
    ground
        .region()
        .fault(
            Map.of(
                "service", SERVICES[random.nextInt(SERVICES.length)],
                "skip", random.nextInt(4),
                "count", count,
                "effect", effect,
                "millis", millis));
  }
}
