package dev.hikkoshi.environments.port;

/**
 * Whether a write may go out on the wire at this very moment. Adapters ask it right before each
 * request that changes something outside: a process that was suspended between its decision and its
 * request, or whose release takes longer than its lease, finds it shut and sends nothing.
 */
@FunctionalInterface
public interface Fence {

  /** For processes that nobody competes with: a command of a person. */
  Fence OPEN = () -> true;

  /** What is told of a write that was not sent. */
  String NOT_SENT = "not sent: another process may lead by now";

  boolean open();
}
