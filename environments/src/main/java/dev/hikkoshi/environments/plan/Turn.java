package dev.hikkoshi.environments.plan;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.move.MovePhase;
import dev.hikkoshi.environments.move.RouteProgress;
import dev.hikkoshi.environments.move.RouteProgress.Lasting;
import dev.hikkoshi.environments.port.JobGateway;
import dev.hikkoshi.environments.port.Occasion;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.record.Answer;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.MoveRecord;
import dev.hikkoshi.environments.record.RouteMove;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A check that asks somebody, on a route at a step where it has to be answered. Asked and judged
 * from the same record at the same moment, both sides find the same turns.
 *
 * @param of what exactly is asked: definition, move, step and since when; the same in every process
 * @param last the last answer to exactly this
 * @param due whether it is asked now: there is no answer yet, or it is too old
 */
record Turn(Inquiry check, Occasion occasion, String of, Optional<Answer> last, boolean due) {

  /** So long after nobody answered it is tried again. */
  static final Duration RETRY = Duration.ofSeconds(15);

  private static final int HASH = 16;
  private static final int NAME = 40;

  /** All turns at this moment. */
  static List<Turn> of(Desired desired, EnvironmentRecord record, Instant now) {
    if (record.move().isEmpty() || desired.move().inquiries().isEmpty()) {
      return List.of();
    }
    MoveRecord move = record.move().get();
    boolean begins = !record.trafficHeld() && Window.closedUntil(desired.windows(), now).isEmpty();
    List<Turn> turns = new ArrayList<>();
    for (DesiredRoute route : desired.routes()) {
      RouteMove state = move.route(route.name());
      for (Inquiry check : desired.move().inquiries()) {
        boolean asked =
            check.judges(route.name()) && CheckWindow.skipped(check, move, now).isEmpty();
        OptionalInt step = asked ? step(check, move, state, begins) : OptionalInt.empty();
        if (step.isPresent()) {
          turns.add(of(desired, move, route.name(), check, step.getAsInt(), now));
        }
      }
    }
    return turns;
  }

  /**
   * The step that a check is asked about; empty when it has nothing to say now.
   *
   * @param begins whether a step could begin now: a Job for one that cannot would have to be run
   *     again
   */
  private static OptionalInt step(Inquiry check, MoveRecord move, RouteMove state, boolean begins) {
    if (state.alone()
        || !CheckWindow.judged(move.phase()) && !(move.phase() instanceof MovePhase.Warm)) {
      return OptionalInt.empty();
    }
    Course course = Course.of(move, state);
    int ahead = ahead(state, course);
    int lasting = course.lasting(state).map(Lasting::step).orElse(0);
    int step =
        switch (check.when()) {
          case START -> begins && ahead == 1 ? 1 : 0;
          case BEFORE -> begins ? ahead : 0;
          case DURING -> lasting;
          case AFTER -> lasting > 0 && course.percent(lasting) == 100 ? lasting : 0;
        };
    return step == 0 ? OptionalInt.empty() : OptionalInt.of(step);
  }

  /** The step that may begin now, or whose write did not work yet; 0 for none. */
  static int ahead(RouteMove state, Course course) {
    return switch (state.progress()) {
      case RouteProgress.Attached _ -> 1;
      case RouteProgress.Writing w when w.step() <= course.last() -> w.step();
      case RouteProgress.Judged j when j.step() < course.last() -> j.step() + 1;
      case RouteProgress.Judged _,
          RouteProgress.Waiting _,
          RouteProgress.Writing _,
          RouteProgress.Settling _,
          RouteProgress.Watching _ ->
          0;
    };
  }

  private static Turn of(
      Desired desired, MoveRecord move, String route, Inquiry check, int step, Instant now) {
    RouteMove state = move.route(route);
    Occasion occasion =
        new Occasion(
            desired.environment(),
            move.id(),
            check.name(),
            route,
            step,
            Course.of(move, state).percent(step),
            move.from(),
            move.to(),
            move.phase().word());
    String exactly =
        String.join(
            "\n",
            desired.environment(),
            move.id(),
            check.name(),
            route,
            Integer.toString(step),
            state.judging().since().toString(),
            text(check.question()));
    byte[] bytes = exactly.getBytes(StandardCharsets.UTF_8);
    String of = SourceFiles.hash(bytes).substring(0, HASH);
    Optional<Answer> last =
        Optional.ofNullable(state.judging().answers().get(check.name()))
            .filter(a -> a.of().equals(of));
    boolean due = last.map(a -> !now.isBefore(again(a, check))).orElse(true);
    return new Turn(check, occasion, of, last, due && desired.mode() == Mode.ACT);
  }

  private static Instant again(Answer answer, Inquiry check) {
    boolean silent = !answer.passed() && !answer.failed();
    boolean sooner = silent && RETRY.compareTo(check.every()) < 0;
    return answer.at().plus(sooner ? RETRY : check.every());
  }

  /** A question as text, the same in every process. */
  private static String text(Inquiry.Question question) {
    return switch (question) {
      case Inquiry.Job(String namespace, var spec, Duration deadline) ->
          namespace + " " + deadline + " " + JsonText.of(spec);
      case Inquiry.Webhook w -> w.url() + " " + w.timeout() + " " + w.credentials().orElse("");
      case Inquiry.Cel c -> c.expression().source();
    };
  }

  /** The how manieth answer is waited for. */
  int attempt() {
    return last.map(Answer::attempt).orElse(0) + 1;
  }

  /** When the answer there is becomes too old. */
  Optional<Instant> dueAt() {
    return last.map(a -> again(a, check));
  }

  /** The Job that answers for the how manieth time; a crash never makes it two. */
  JobGateway.Wanted job(Inquiry.Job job, int attempt) {
    return new JobGateway.Wanted(
        job.namespace(), jobName(attempt), occasion.fill(job.spec()), job.deadline(), occasion);
  }

  /** Within the 63 characters of a label, because pods carry it as one. */
  String jobName(int attempt) {
    String name = check.name();
    String cut = name.length() > NAME ? name.substring(0, NAME).replaceAll("-+$", "") : name;
    return "%s-%s-%d".formatted(cut, of, attempt);
  }
}
