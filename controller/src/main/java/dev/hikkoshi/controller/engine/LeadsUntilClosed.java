package dev.hikkoshi.controller.engine;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Leadership that ends for an engine when it is being closed: then no effect begins any more. */
record LeadsUntilClosed(Leads leads, BooleanSupplier closing) implements Leads {

  @Override
  public boolean leads(Duration call) {
    return !closing.getAsBoolean() && leads.leads(call);
  }

  @Override
  public boolean known() {
    return leads.known();
  }

  @Override
  public void close() {
    leads.close();
  }
}
