package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.check.analysis.Finding;
import dev.hikkoshi.environments.check.analysis.Finding.Lack;
import dev.hikkoshi.environments.desired.DeclaredCheck.When;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.JobSeen.State;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.plan.RouteChecks.Found;
import dev.hikkoshi.environments.record.Answer;
import dev.hikkoshi.environments.record.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What checks that ask somebody say of one route. No answer is never a pass. */
final class InquiryFindings {

  /** Clocks of API servers differ, and a controller needs its time to end a Job. */
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Draft d;
  private final String route;

  InquiryFindings(Draft d, String route) {
    this.d = d;
    this.route = route;
  }

  /** Of those that are asked at one of these times. */
  List<Found> of(Set<When> whens) {
    // By the time of judging: what has to say something now and was not asked a moment ago, because
    // a window was closed or the check skipped, is not asked yet; it is not left out.
    return Turn.of(d.desired, d.record, d.now).stream()
        .filter(t -> t.occasion().route().equals(route) && whens.contains(t.check().when()))
        .map(t -> new Found(t.check(), finding(t)))
        .toList();
  }

  private Finding finding(Turn turn) {
    return switch (turn.check().question()) {
      case Inquiry.Webhook _ -> answered(turn, () -> Finding.unknown(Lack.DATA, "not asked yet"));
      case Inquiry.Job job -> answered(turn, () -> running(turn, job));
      case Inquiry.Cel cel ->
          CelValues.judge(cel, d, d.desired.route(route).orElseThrow(), turn.occasion());
    };
  }

  private interface Meanwhile {
    Finding finding();
  }

  /** The last answer, while it is not too old; until there is one, what is known of its coming. */
  private Finding answered(Turn turn, Meanwhile meanwhile) {
    if (turn.last().isEmpty()) {
      return meanwhile.finding();
    }
    Answer last = turn.last().get();
    if (last.failed()) {
      return new Finding(Verdict.fail(last.evidence()), Lack.NOTHING);
    }
    if (!last.passed()) {
      return Finding.unknown(Lack.ANSWER, last.evidence());
    }
    boolean begins =
        switch (turn.check().when()) {
          case START, BEFORE -> true;
          case DURING, AFTER -> false;
        };
    // A step begins on a fresh word; while one lasts the last word stands until the next is due
    // and some time over.
    Instant end = turn.dueAt().orElseThrow().plus(begins ? Duration.ZERO : grace(turn.check()));
    return d.observed.at().isBefore(end)
        ? new Finding(Verdict.pass("%s, at %s".formatted(last.evidence(), last.at())), Lack.NOTHING)
        : Finding.unknown(
            begins ? Lack.DATA : Lack.ANSWER,
            "its pass of %s is too old: asked again".formatted(last.at()));
  }

  private static Duration grace(Inquiry check) {
    return switch (check.question()) {
      case Inquiry.Job job -> job.deadline().plus(LATE);
      case Inquiry.Webhook hook -> hook.timeout().plus(LATE);
      case Inquiry.Cel _ -> Duration.ZERO;
    };
  }

  /** A Job without an end. */
  private Finding running(Turn turn, Inquiry.Job job) {
    String name = turn.jobName(turn.attempt());
    Optional<JobSeen> seen = InquiryWork.find(d, job, name);
    if (seen.isPresent() && seen.get().state() instanceof State.Running(String why)) {
      Instant end = seen.get().createdAt().plus(job.deadline()).plus(LATE);
      String text = "Job %s/%s runs, %s".formatted(job.namespace(), name, why);
      return d.now.isBefore(end)
          ? Finding.unknown(Lack.DATA, text)
          : Finding.unknown(Lack.ANSWER, text + "; Kubernetes should have ended it by now");
    }
    return switch (d.observed.asked().jobs().orElse(null)) {
      case Unknown<List<JobSeen>>(String what, String why) ->
          Finding.unknown(Lack.ANSWER, what + " could not be read: " + why);
      case Known<List<JobSeen>> _ ->
          Finding.unknown(Lack.DATA, "its Job is not there yet" + refused(name));
      case null -> Finding.unknown(Lack.DATA, "not asked yet");
    };
  }

  private String refused(String name) {
    String key = "RunJob " + d.move().orElseThrow().to() + " " + name;
    Refusal refusal = d.record.refusals().get(key);
    return refusal == null ? "" : ": " + refusal.text();
  }
}
