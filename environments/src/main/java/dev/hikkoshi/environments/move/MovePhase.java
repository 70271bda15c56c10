package dev.hikkoshi.environments.move;

import java.time.Instant;

/**
 * The phase of a move; one list for record, status, banner and report.
 *
 * <pre>
 *  Building ─▶ Syncing ─▶ Attached ─▶ Warm ─▶ Stepping ─▶ Soak ─▶ Drain ─▶ Retiring ─▶ Gone
 *      │          │           │         │         │         │       │         │
 *      └──────────┴───────────┴─────────┴────┬────┴─────────┴───────┴─────────┘ while home has nodes
 *                                            ▼
 *                                        Returning ─▶ Returned
 * </pre>
 *
 * Once home's nodes are being retired there is no return, only a new move. A return whose home
 * somebody deleted ends in Gone, when a person says so.
 */
public sealed interface MovePhase {

  /** When the phase began. */
  Instant since();

  /** The word for it in status, banner and report. */
  String word();

  /** The new cluster and what hangs on it are made. */
  record Building(Instant since) implements Forward {

    @Override
    public String word() {
      return "building";
    }

    public Syncing built(Instant now) {
      return new Syncing(now);
    }
  }

  /** Releases are synced into it. */
  record Syncing(Instant since) implements Forward {

    @Override
    public String word() {
      return "syncing";
    }

    public Attached ready(Instant now) {
      return new Attached(now);
    }
  }

  /** It is ready and is being attached to every route with weight 0. */
  record Attached(Instant since) implements Forward {

    @Override
    public String word() {
      return "attached";
    }

    public Warm attached(Instant now) {
      return new Warm(now);
    }
  }

  /** Attached everywhere; targets become healthy, checks before the first step are asked. */
  record Warm(Instant since) implements Forward {

    @Override
    public String word() {
      return "warm";
    }

    public Stepping started(Instant now) {
      return new Stepping(now);
    }
  }

  /** Share moves. */
  record Stepping(Instant since) implements Forward {

    @Override
    public String word() {
      return "stepping";
    }

    /** Soak counts from when the last route's last step was effective. */
    public Soak everything(Instant effectiveAt) {
      return new Soak(effectiveAt);
    }
  }

  /** Everything is on the new side, the old one is kept warm on the routes. */
  record Soak(Instant since) implements Forward {

    @Override
    public String word() {
      return "soak";
    }

    public Drain over(Instant now) {
      return new Drain(now);
    }

    /** The first move of an environment has no old side to drain. */
    public Gone alone(Instant now) {
      return new Gone(now);
    }
  }

  /** The old side is taken off the routes until nobody asks it any more. */
  record Drain(Instant since) implements Forward {

    @Override
    public String word() {
      return "drain";
    }

    public Retiring drained(Instant now) {
      return new Retiring(now);
    }
  }

  /** The old cluster waits for its end, or is being deleted. */
  record Retiring(Instant since) implements Forward {

    @Override
    public String word() {
      return "retiring";
    }

    public Gone gone(Instant now) {
      return new Gone(now);
    }
  }

  /** There is no old cluster any more. */
  record Gone(Instant since) implements MovePhase {

    @Override
    public String word() {
      return "gone";
    }
  }

  /** Share goes home. */
  record Returning(Instant since) implements MovePhase {

    @Override
    public String word() {
      return "returning";
    }

    public Returned home(Instant now) {
      return new Returned(now);
    }

    /** Somebody deleted home, and a person said that there is nothing to go back to. */
    public Gone nowhere(Instant now) {
      return new Gone(now);
    }
  }

  /** Everything is home; the other cluster is off the routes. */
  record Returned(Instant since) implements MovePhase {

    @Override
    public String word() {
      return "returned";
    }
  }

  /** The phases from which a return is possible. */
  sealed interface Forward extends MovePhase {

    default Returning back(Instant now) {
      return new Returning(now);
    }
  }
}
