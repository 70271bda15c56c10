package dev.hikkoshi.clusters.contract;

/** What not every world can play. */
enum Trait {
  /** Records beside those of one name, and other names. */
  OTHER_NAMES,
  /** Batches are all or nothing, and are checked as AWS does. */
  STRICT_BATCHES,
  /** Changes are PENDING for a while. */
  PROPAGATION,
  /** Authoritative servers answer by weight. */
  ANSWERS,
  /** Targets are probed. */
  HEALTH,
  /** Load balancers carry requests and count them. */
  REQUESTS,
  /** Actions and conditions of every kind, set by somebody else. */
  OTHER_ACTIONS,
  /** A group forgets the load balancer whose rules let it go. */
  LETTING_GO,
  /** Target groups whose target is a load balancer. */
  FRONTS,
  /** Several groups of one rule, strangers among them. */
  STRANGERS
}
