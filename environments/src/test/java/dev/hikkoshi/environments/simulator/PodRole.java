package dev.hikkoshi.environments.simulator;

import java.time.Instant;

/**
 * The role of a service account.
 *
 * @param id no later one has it
 * @param listedAt when EKS's list shows it: it may be behind the answer that it was made
 */
record PodRole(String roleArn, String id, Instant listedAt) {}
