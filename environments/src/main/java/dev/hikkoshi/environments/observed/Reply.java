package dev.hikkoshi.environments.observed;

/**
 * What somebody who was asked answered.
 *
 * @param good whether it may go on
 * @param evidence in one line, bounded, without secrets
 */
public record Reply(boolean good, String evidence) {}
