package dev.hikkoshi.controller.engine;

import java.time.Duration;

/** Whether this process may write. A lease alone protects nothing: effects are fenced as well. */
public interface Leads extends AutoCloseable {

  /**
   * True only while the leadership outlives a call of that length.
   *
   * @param call the longest time the effect may take
   */
  boolean leads(Duration call);

  /** Whether it is known who leads; false until that could be read once. */
  boolean known();

  /** Gives leadership back, so that another process need not wait for the lease to run out. */
  @Override
  void close();
}
