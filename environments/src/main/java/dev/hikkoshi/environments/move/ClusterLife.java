package dev.hikkoshi.environments.move;

import java.time.Duration;
import java.time.Instant;

/**
 * The life of one cluster.
 *
 * <pre>
 *  Building ─▶ Serving ─▶ Kept ─▶ Drained ─▶ Retiring(balancers … cluster) ─▶ Gone
 *     │  ▲        ▲  │      │        │           ▲      │
 *     │  │        │  │      └─home───┴─▶ Serving │      │ wanted again, before the cluster itself
 *     ▼  │        │  ▼                           │      ▼ is deleted: a normal move
 *   Abandoned ────┘ Abandoned ───────────────────┘   Building
 * </pre>
 *
 * When the environment is decommissioned every state but the last leads to Retiring.
 */
public sealed interface ClusterLife {

  /** Since when. */
  Instant since();

  /**
   * Being built or proven; it never had share in this life.
   *
   * @param afterRetiring its deletion had begun: calls of it may still arrive for {@link #LATE}
   */
  record Building(Instant since, boolean afterRetiring) implements ClusterLife {

    /** How long a call without an answer may still take effect. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** From when on nothing of an earlier retirement can arrive any more. */
    public Instant quietFrom() {
      return afterRetiring ? since.plus(LATE) : since;
    }

    public Serving serving(Instant now) {
      return new Serving(now);
    }

    public Abandoned abandoned(Instant now) {
      return new Abandoned(now);
    }

    /** The environment ends. */
    public Retiring ended(Instant now) {
      return new Retiring(now, Stage.BALANCERS);
    }
  }

  /** It has share, or may gain it. */
  record Serving(Instant since) implements ClusterLife {

    /** Everything went to another cluster; this one stays warm as home. */
    public Kept kept(Instant now) {
      return new Kept(now);
    }

    /** Traffic went home from here. */
    public Abandoned abandoned(Instant now) {
      return new Abandoned(now);
    }

    /** The environment ends, and nothing names it any more. */
    public Retiring ended(Instant now) {
      return new Retiring(now, Stage.BALANCERS);
    }
  }

  /** Home: complete and warm, without share. */
  record Kept(Instant since) implements ClusterLife {

    public Drained drained(Instant now) {
      return new Drained(now);
    }

    /** The environment ends. */
    public Retiring ended(Instant now) {
      return new Retiring(now, Stage.BALANCERS);
    }

    public Serving home(Instant now) {
      return new Serving(now);
    }
  }

  /** Nobody asks it any more; {@code retire.after} counts from here. Still home. */
  record Drained(Instant since) implements ClusterLife {

    /** The target of a normal move, when another cluster became home meanwhile. */
    public Building wantedAgain(Instant now) {
      return new Building(now, false);
    }

    public Retiring retire(Instant now) {
      return new Retiring(now, Stage.BALANCERS);
    }

    public Serving home(Instant now) {
      return new Serving(now);
    }
  }

  /** Not wanted any more without having been drained as an old side; it goes only with approval. */
  record Abandoned(Instant since) implements ClusterLife {

    public Building wantedAgain(Instant now) {
      return new Building(now, false);
    }

    public Retiring retire(Instant now) {
      return new Retiring(now, Stage.BALANCERS);
    }
  }

  /** Being deleted, in order. */
  record Retiring(Instant since, Stage stage) implements ClusterLife {

    public Retiring next() {
      return new Retiring(since, Stage.values()[stage.ordinal() + 1]);
    }

    /** Possible until the cluster itself is deleted: nodes are built again first. */
    public Building wantedAgain(Instant now) {
      if (stage == Stage.CLUSTER) {
        throw new IllegalStateException("a cluster that is being deleted cannot come back");
      }
      return new Building(now, true);
    }

    public Gone gone(Instant now) {
      return new Gone(now);
    }
  }

  /** Deleted. Its name and number are never used again. */
  record Gone(Instant since) implements ClusterLife {}

  /** The order of deletion: what would be orphaned by the next goes first. */
  enum Stage {
    /** What makes load balancers, while their controller still runs. */
    BALANCERS,
    /** Target groups of ours. */
    GROUPS,
    /** Managed node groups. */
    NODES,
    /** Deletion protection. */
    PROTECTION,
    /** The cluster itself. */
    CLUSTER
  }

  /** Whether the cluster can still be wanted: nothing irreversible was asked of EKS. */
  default boolean alive() {
    return switch (this) {
      case Building _, Serving _, Kept _, Drained _, Abandoned _ -> true;
      case Retiring r -> r.stage() != Stage.CLUSTER;
      case Gone _ -> false;
    };
  }

  /** Whether it counts towards the three that may exist. */
  default boolean exists() {
    return !(this instanceof Gone);
  }

  /** Whether it is complete enough to go home to in one write. */
  default boolean home() {
    return switch (this) {
      case Serving _, Kept _, Drained _ -> true;
      case Building _, Abandoned _, Retiring _, Gone _ -> false;
    };
  }
}
