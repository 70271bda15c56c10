package dev.hikkoshi.controller.testing;

import dev.hikkoshi.controller.engine.Leads;
import java.time.Duration;

/** Leadership as the test says. */
public final class ScriptedLeads implements Leads {

  public volatile boolean leads = true;
  public volatile boolean known = true;
  public volatile boolean closed;

  @Override
  public boolean leads(Duration call) {
    return leads;
  }

  @Override
  public boolean known() {
    return known;
  }

  @Override
  public void close() {
    closed = true;
  }
}
