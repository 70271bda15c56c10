package dev.hikkoshi.environments.move;

import java.time.Instant;
import java.util.Optional;

/**
 * How far one route is on its course. Step 0 attaches the gaining side with weight 0, steps 1 to n
 * give it share, step n + 1 takes the other side out.
 *
 * <pre>
 *             write 0                  effective
 *  Waiting ───────────▶ Writing(0) ─▶ Settling(0) ─▶ Attached ──┐
 *     │                                                         │ write k
 *     │ no other side: write 1                                  ▼
 *     └───────────────────────────────────────────────────▶ Writing(k) ◀──────┐
 *                                               answered │                    │ write k + 1
 *                                                        ▼  effective         │
 *                                                   Settling(k) ──▶ Watching(k) ──▶ Judged(k)
 * </pre>
 *
 * A person who accepts foreign weights puts a route to {@code Attached} or {@code Judged} of the
 * step that these weights correspond to ({@link #accepted}).
 */
public sealed interface RouteProgress {

  /** The step this is about; -1 before any. */
  int step();

  /** A step that is effective since then, and that no other has followed yet. */
  record Lasting(int step, Instant effectiveAt) {}

  /** The step that lasts, also while the write of the next one is put off. */
  default Optional<Lasting> lasting() {
    return switch (this) {
      case Watching w -> Optional.of(new Lasting(w.step(), w.effectiveAt()));
      case Judged j -> Optional.of(new Lasting(j.step(), j.effectiveAt()));
      case Writing w -> w.before();
      case Waiting _, Settling _, Attached _ -> Optional.empty();
    };
  }

  /** The weights of a step are intended; until they are there, what lasts now goes on. */
  default Writing writing(int step, Instant now) {
    return new Writing(step, now, lasting());
  }

  /** Nothing of the gaining side is on the route. */
  record Waiting() implements RouteProgress {

    @Override
    public int step() {
      return -1;
    }
  }

  /**
   * The step's weights are intended; whether they arrived is not known yet.
   *
   * @param before the step that lasts as long as they did not
   */
  record Writing(int step, Instant since, Optional<Lasting> before) implements RouteProgress {

    /** Over weights that nobody watched. */
    public Writing(int step, Instant since) {
      this(step, since, Optional.empty());
    }

    /** The write was answered, or was found done. */
    public Settling written(Instant at, Optional<String> changeId) {
      return new Settling(step, at, changeId, Optional.empty());
    }
  }

  /**
   * Written, but resolvers may still hold older answers.
   *
   * @param changeId Route 53's; empty for listener rules
   * @param insyncAt when all authoritative servers were seen to have it
   */
  record Settling(
      int step, Instant writtenAt, Optional<String> changeId, Optional<Instant> insyncAt)
      implements RouteProgress {

    public Settling insync(Instant at) {
      return new Settling(step, writtenAt, changeId, Optional.of(at));
    }

    /** Step 0 is over when it is effective: there is no share to watch. */
    public Attached attached(Instant at) {
      return new Attached(at);
    }

    public Watching effective(Instant at) {
      return new Watching(step, at);
    }
  }

  /** The gaining side is on the route with weight 0. */
  record Attached(Instant at) implements RouteProgress {

    @Override
    public int step() {
      return 0;
    }
  }

  /** The step is effective since then; its share is watched. */
  record Watching(int step, Instant effectiveAt) implements RouteProgress {

    public Judged judged(Instant at, String evidence) {
      return new Judged(step, effectiveAt, at, evidence);
    }

    /** Looks again from now on, after a person lifted a hold. */
    public Watching again(Instant now) {
      return new Watching(step, now);
    }
  }

  /** The step is over, with the evidence that it did what was intended. */
  record Judged(int step, Instant effectiveAt, Instant at, String evidence)
      implements RouteProgress {}

  /** Where a route stands after a person accepted weights that correspond to a step. */
  static RouteProgress accepted(int step, Instant now, String evidence) {
    return step <= 0 ? new Attached(now) : new Judged(step, now, now, evidence);
  }
}
