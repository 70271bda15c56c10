package dev.hikkoshi.sandbox.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** When a container's readiness probe is due, and what its answers in a row come to. */
final class Readiness {

  private static final Duration NEVER = Duration.ofDays(1);

  private final KubeletGround ground;
  private final @Nullable Probe probe;
  private Instant due;
  private int streak;
  private boolean last;

  Readiness(KubeletGround ground, Container container, Instant since) {
    this.ground = ground;
    this.probe = container.getReadinessProbe();
    int delay = probe == null ? 0 : seconds(probe.getInitialDelaySeconds(), 0);
    Instant first = since.plus(ground.paced(Duration.ofSeconds(delay)));
    Instant now = ground.clock().instant();
    this.due = first.isAfter(now) ? first : now.plus(period());
  }

  private Duration period() {
    int seconds = probe == null ? 1 : seconds(probe.getPeriodSeconds(), 10);
    return ground.paced(Duration.ofSeconds(seconds));
  }

  private static int seconds(@Nullable Integer written, int usual) {
    return Objects.requireNonNullElse(written, usual);
  }

  /** How long until the next question; zero or less where it is due. */
  Duration next(Instant now) {
    return probe == null ? NEVER : Duration.between(now, due);
  }

  /** Whether the container is ready after this answer. */
  boolean asked(boolean before, boolean answer, Instant now) {
    due = now.plus(period());
    streak = answer == last ? streak + 1 : 1;
    last = answer;
    if (probe == null || answer == before) {
      return before;
    }
    int needed =
        answer ? seconds(probe.getSuccessThreshold(), 1) : seconds(probe.getFailureThreshold(), 3);
    return streak >= needed ? answer : before;
  }
}
