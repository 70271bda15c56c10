package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.JobSeen.State;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.observed.Observation.Unknown;
import dev.hikkoshi.environments.observed.Reply;
import dev.hikkoshi.environments.port.JobGateway;
import dev.hikkoshi.environments.record.Answer;
import dev.hikkoshi.environments.record.Judging;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks that ask somebody: answers into the record, Jobs into the new cluster and out again. */
final class InquiryWork {

  /** Left-overs are no hurry. */
  private static final int REMOVED_AT_ONCE = 5;

  private InquiryWork() {}

  /** Before anything is judged: what was answered, and which apps answers are about. */
  static void remember(Draft d) {
    if (!asks(d)) {
      return;
    }
    Set<String> names =
        d.desired.move().inquiries().stream().map(Inquiry::name).collect(Collectors.toSet());
    for (DesiredRoute route : d.desired.routes()) {
      if (d.move().orElseThrow().routes().containsKey(route.name())) {
        judging(
            d,
            route.name(),
            state(d, route.name())
                .judging()
                .of(d.desired.apps().appDigest(), d.now)
                .answersOf(names));
      }
    }
    for (Turn turn : Turn.of(d.desired, d.record, d.observed.at())) {
      if (turn.due()) {
        answer(d, turn).ifPresent(a -> answered(d, turn, a));
      }
    }
  }

  private static boolean asks(Draft d) {
    return !d.desired.move().inquiries().isEmpty()
        && d.move().filter(m -> m.phase() instanceof MovePhase.Forward).isPresent();
  }

  private static RouteMove state(Draft d, String route) {
    return d.move().orElseThrow().route(route);
  }

  private static void judging(Draft d, String route, Judging next) {
    RouteMove state = state(d, route);
    if (!next.equals(state.judging())) {
      MoveRecord move = d.move().orElseThrow();
      d.record = d.record.with(move.with(route, state.with(next)));
    }
  }

  private static void answered(Draft d, Turn turn, Answer answer) {
    String route = turn.occasion().route();
    judging(d, route, state(d, route).judging().answered(turn.check().name(), answer));
    boolean news = turn.last().filter(last -> last.word().equals(answer.word())).isEmpty();
    boolean told =
        switch (turn.check().when()) {
          case START, BEFORE -> false;
          case DURING, AFTER -> true;
        };
    if (news && !told) {
      d.log(
          "check %s on %s before step %d: %s, %s"
              .formatted(
                  turn.check().name(), route, answer.step(), answer.word(), answer.evidence()));
    }
  }

  private static Optional<Answer> answer(Draft d, Turn turn) {
    return switch (turn.check().question()) {
      case Inquiry.Webhook _ ->
          Optional.ofNullable(d.observed.asked().replies().get(turn.of()))
              .map(seen -> answer(d, turn, seen));
      case Inquiry.Job job ->
          find(d, job, turn.jobName(turn.attempt())).flatMap(seen -> answer(d, turn, seen));
      case Inquiry.Cel _ -> Optional.empty();
    };
  }

  private static Answer answer(Draft d, Turn turn, Observation<Reply> seen) {
    return switch (seen) {
      case Known<Reply>(Reply reply) ->
          answer(d, turn, reply.good() ? "pass" : "fail", reply.evidence());
      case Unknown<Reply>(String what, String why) -> answer(d, turn, "unknown", what + ": " + why);
    };
  }

  private static Optional<Answer> answer(Draft d, Turn turn, JobSeen job) {
    String name = "Job %s/%s ".formatted(job.namespace(), job.name());
    return switch (job.state()) {
      case State.Running _ -> Optional.empty();
      case State.Complete _ -> Optional.of(answer(d, turn, "pass", name + "is complete"));
      case State.Failed(String evidence) ->
          Optional.of(answer(d, turn, "fail", name + "failed: " + evidence));
    };
  }

  private static Answer answer(Draft d, Turn turn, String word, String evidence) {
    return new Answer(
        turn.occasion().step(), turn.of(), turn.attempt(), word, evidence, d.observed.at());
  }

  /** A Job as it was seen; empty when it was not, or nobody could look. */
  static Optional<JobSeen> find(Draft d, Inquiry.Job job, String name) {
    return d.observed.asked().known().stream()
        .flatMap(List::stream)
        .filter(j -> j.namespace().equals(job.namespace()) && j.name().equals(name))
        .findFirst();
  }

  /** After traffic: Jobs that have to be there, and those that nobody waits for. */
  static void plan(Draft d) {
    boolean may = asks(d) && d.frozen.isEmpty() && d.stale.isEmpty();
    if (!may || d.observed.asked().known().isEmpty()) {
      return;
    }
    Optional<ClusterSeen> cluster = d.cluster(d.move().orElseThrow().to());
    if (cluster.isEmpty()) {
      return;
    }
    Set<String> wanted = new HashSet<>();
    for (Turn turn : Turn.of(d.desired, d.record, d.observed.at())) {
      if (turn.check().question() instanceof Inquiry.Job job) {
        wanted.add(turn.jobName(turn.attempt()));
        wanted.add(turn.jobName(turn.attempt() - 1));
        if (turn.due() && find(d, job, turn.jobName(turn.attempt())).isEmpty()) {
          run(d, cluster.get(), turn, job);
        }
      }
    }
    d.observed.asked().known().orElseThrow().stream()
        .filter(job -> !wanted.contains(job.name()))
        .limit(REMOVED_AT_ONCE)
        .forEach(
            job ->
                d.act(
                    new Action.RemoveJob(
                        cluster.get(),
                        job,
                        "Job %s/%s: nobody waits for it any more"
                            .formatted(job.namespace(), job.name()))));
  }

  /** The same key for every attempt of this process and the next: it is one Job, or none yet. */
  private static void run(Draft d, ClusterSeen cluster, Turn turn, Inquiry.Job job) {
    JobGateway.Wanted wanted = turn.job(job, turn.attempt());
    d.act(
        new Action.RunJob(
            cluster,
            wanted,
            "Job %s/%s in %s asks for check %s on %s, step %d"
                .formatted(
                    wanted.namespace(),
                    wanted.name(),
                    cluster.name(),
                    turn.check().name(),
                    turn.occasion().route(),
                    turn.occasion().step())));
  }
}
