package dev.hikkoshi.controller.testing;

import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.RecordStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Records of several environments in memory, versioned; it can be away. */
public final class MemoryStore implements RecordStore {

  private final Map<String, Loaded> records = new ConcurrentHashMap<>();
  private final AtomicInteger saves = new AtomicInteger();
  public volatile boolean away;

  @Override
  public Loaded load(String environment) {
    if (away) {
      throw new RecordException("the management cluster is away");
    }
    return records.getOrDefault(environment, new Loaded(EnvironmentRecord.fresh(environment), ""));
  }

  @Override
  public synchronized String save(EnvironmentRecord record, String version) {
    Loaded there = load(record.environment());
    if (!there.version().equals(version)) {
      throw new RecordException("somebody else saved in between");
    }
    String next = Integer.toString(saves.incrementAndGet());
    records.put(record.environment(), new Loaded(record, next));
    return next;
  }

  @Override
  public synchronized void forget(String environment, String version) {
    if (!load(environment).version().equals(version)) {
      throw new RecordException("somebody else saved in between");
    }
    records.remove(environment);
  }
}
