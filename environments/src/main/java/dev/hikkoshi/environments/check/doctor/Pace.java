package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.desired.MoveRules;
import dev.hikkoshi.environments.move.Step;
import dev.hikkoshi.environments.observed.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether steps last as long as what only shows itself after a while. TTL and stickiness are not
 * among it: dwell begins after them (rule 5).
 */
final class Pace {

  /**
   * "Horizontal Pod Autoscaling", {@code --horizontal-pod-autoscaler-cpu-initialization-period}: so
   * long the CPU of a pod that has started need not count.
   */
  private static final Duration AUTOSCALER = Duration.ofMinutes(5);

  /**
   * "Amazon EBS volume types": a full bucket of 5.4 million I/O credits lasts 30 minutes at 3,000
   * IOPS. CPU credits of burstable instances are of the same order.
   */
  private static final Duration CREDITS = Duration.ofMinutes(30);

  private static final Set<String> AUTOSCALERS = Set.of("HorizontalPodAutoscaler", "ScaledObject");

  private final Subject subject;
  private final MoveRules move;
  private final List<Advice> advice;

  /** Something that takes a while, and who does. */
  private record Timer(Duration lasts, String who) {

    @Override
    public String toString() {
      return "%d s: %s".formatted(lasts.toSeconds(), who);
    }
  }

  private Pace(Subject subject, List<Advice> advice) {
    this.subject = subject;
    this.move = subject.desired().move();
    this.advice = advice;
  }

  static void examine(Subject subject, List<Advice> advice) {
    Pace pace = new Pace(subject, advice);
    pace.steps();
    pace.credits();
  }

  private void steps() {
    Duration shortest =
        move.steps().stream()
            .map(Step::dwellMin)
            .min(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    List<Timer> slower =
        timers().stream().filter(timer -> timer.lasts().compareTo(shortest) > 0).toList();
    if (slower.isEmpty()) {
      return;
    }
    Duration slowest = slower.stream().map(Timer::lasts).max(Comparator.naturalOrder()).get();
    add(
        "dwell",
        "a step may be over after %d s; slower than that: %s"
            .formatted(shortest.toSeconds(), String.join("; ", words(slower))),
        "what has not happened yet is not seen, and the next step is made without it",
        "dwell: {min: %ds}, or longer".formatted(slowest.toSeconds()));
  }

  private static List<String> words(List<Timer> timers) {
    return timers.stream().map(Timer::toString).toList();
  }

  private List<Timer> timers() {
    List<Timer> timers = new ArrayList<>();
    Duration period = subject.desired().measuring().metricPeriod();
    timers.add(
        new Timer(
            period.multipliedBy(2),
            "two periods of %d s, so that a whole one of the load balancers' metrics lies inside"
                .formatted(period.toSeconds())));
    if (rendered(object -> AUTOSCALERS.contains(object.kind()))) {
      timers.add(
          new Timer(AUTOSCALER, "an autoscaler of pods may leave new pods' CPU out so long"));
    }
    return timers;
  }

  /** Disks and processors that are fast on credit, for half an hour. */
  private void credits() {
    Duration watched = move.soak();
    for (Step step : move.steps()) {
      watched = watched.plus(step.dwellMin());
    }
    boolean burstable =
        subject.desired().cluster().nodegroups().stream()
            .flatMap(group -> group.instanceTypes().stream())
            .anyMatch(type -> type.matches("t[0-9][a-z]*\\..+"));
    boolean credited =
        rendered(
            object ->
                object.kind().equals("StorageClass")
                    && object.at("parameters", "type").filter("gp2"::equals).isPresent());
    if ((burstable || credited) && watched.compareTo(CREDITS) < 0) {
      add(
          "credits",
          "a move watches for %d s, steps and soak together; %s last for about %d s"
              .formatted(
                  watched.toSeconds(),
                  credited ? "I/O credits of gp2 volumes" : "CPU credits of burstable nodes",
                  CREDITS.toSeconds()),
          "fast while the credits last and slow after them: by then the old cluster may be gone",
          "a longer soak, and a check on BurstBalance or CPUCreditBalance");
    }
  }

  private boolean rendered(Predicate<Manifest> wanted) {
    return subject.here().releases().values().stream()
        .flatMap(content -> content.objects().stream())
        .anyMatch(wanted);
  }

  private void add(String topic, String what, String why, String write) {
    String environment = subject.desired().environment();
    String where = subject.file() + ", spec.move";
    advice.add(new Advice(Weight.CONSIDER, topic, environment, where, what, why, write));
  }
}
