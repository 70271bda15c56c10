package dev.hikkoshi.controller.engine;

import dev.hikkoshi.controller.upgrade.Proposal;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.desired.Wish;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.util.Optional;

/** What Git says about one environment; asked anew before every pass. */
public interface WishSource {

  /**
   * The wish, judged against what is remembered: whether the commit that changed the cluster's
   * definition also changed what runs on the old side (rule 8).
   */
  Wish wish(EnvironmentRecord record);

  /**
   * The mode as Git says it now, cheap to ask; {@code observe} where nothing good was ever read.
   */
  Mode mode();

  /** Whether every source was read to its newest commit and none has this environment any more. */
  boolean undefined();

  /** What the schedule may change; empty without a schedule, or while the definition is stale. */
  Optional<Proposal> proposal();
}
