package dev.hikkoshi.controller.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands until it is moved. */
public final class ManualClock implements InstantSource {

  private volatile Instant now;

  public ManualClock(String now) {
    this.now = Instant.parse(now);
  }

  @Override
  public Instant instant() {
    return now;
  }

  public void pass(Duration time) {
    now = now.plus(time);
  }

  public void set(String time) {
    now = Instant.parse(time);
  }
}
