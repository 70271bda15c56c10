package dev.hikkoshi.clusters.record;

import dev.hikkoshi.environments.record.Approve;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.record.SkipCheck;
import dev.hikkoshi.environments.record.StandStill;
import dev.hikkoshi.environments.record.TakeBack;
import java.time.Instant;
import java.util.Optional;

/** What an annotation on an Environment asks for, as JSON. */
sealed interface Request {

  /** Characters of an author or of a check's name. */
  int LONGEST_NAME = 200;

  int LONGEST_REASON = 1_000;

  String id();

  static void check(String reason) {
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new IllegalArgumentException("reason: 1 to " + LONGEST_REASON + " characters");
    }
  }

  /** Whom it came from is proven or told; its time is the controller's. */
  Order order(String author, Instant now);

  /** Under {@link Commands#RESUME}. */
  record ForResume(
      String id,
      String reason,
      boolean acceptWeights,
      boolean runOnceAnyway,
      boolean tryAgain,
      Instant at)
      implements Request {

    public ForResume {
      Request.check(reason);
    }

    @Override
    public Order order(String author, Instant now) {
      return new Resume(author, reason, acceptWeights, runOnceAnyway, tryAgain, now);
    }
  }

  /** Under {@link Commands#HOLD}. */
  record ForHold(String id, String reason, Instant at) implements Request {

    public ForHold {
      Request.check(reason);
    }

    @Override
    public Order order(String author, Instant now) {
      return new StandStill(author, reason, now);
    }
  }

  /** Under {@link Commands#RETURN}. */
  record ForReturn(String id, String reason, Instant at) implements Request {

    public ForReturn {
      Request.check(reason);
    }

    @Override
    public Order order(String author, Instant now) {
      return new GoHome(author, reason, now);
    }
  }

  /** Under {@link Commands#APPROVE}. */
  record ForApprove(String id, String move, int step, String reason, Instant at)
      implements Request {

    public ForApprove {
      Request.check(reason);
    }

    @Override
    public Order order(String author, Instant now) {
      return new Approve(move, step, author, reason, now);
    }
  }

  /** Under {@link Commands#SKIP}. */
  record ForSkip(
      String id, String move, String check, String reason, Instant at, Optional<Instant> until)
      implements Request {

    public ForSkip {
      Request.check(reason);
      if (check.isBlank() || check.length() > LONGEST_NAME) {
        throw new IllegalArgumentException("check: 1 to " + LONGEST_NAME + " characters");
      }
    }

    @Override
    public Order order(String author, Instant now) {
      return new SkipCheck(move, check, author, reason, now, until);
    }
  }

  /** Under {@link Commands#HANDOVER}. */
  record ForHandover(String id, String reason, boolean takeBack, Instant at) implements Request {

    public ForHandover {
      Request.check(reason);
    }

    @Override
    public Order order(String author, Instant now) {
      return takeBack ? new TakeBack(author, reason, now) : new Leave(author, reason, now);
    }
  }
}
