package dev.hikkoshi.sandbox.process;

import dev.hikkoshi.sandbox.state.StateStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers which processes run, so that what an earlier run left behind can be ended. A pid alone
 * proves nothing, it may belong to somebody else by now: start time and executable have to agree.
 */
final class Leftovers {

  private static final String DOCUMENT = "processes";

  /** The kernel tells start times since boot; what it believes the time of boot to be may drift. */
  private static final long CLOCK_DRIFT_MILLIS = 2_000;

  private final StateStore state;
  private final Map<Long, Running> running = new LinkedHashMap<>();

  record Running(String name, long pid, long startedMillis, String executable) {}

  record Kept(List<Running> running) {}

  Leftovers(StateStore state) {
    this.state = state;
  }

  /** Ends what an earlier run left behind and answers the names. */
  List<String> end() {
    List<Running> before = state.read(DOCUMENT, Kept.class).map(Kept::running).orElse(List.of());
    List<String> ended =
        before.stream()
            .filter(left -> same(left).map(Leftovers::kill).orElse(false))
            .map(Running::name)
            .toList();
    state.write(DOCUMENT, new Kept(List.of()));
    return ended;
  }

  synchronized void started(String name, long pid) {
    handle(name, pid)
        .ifPresent(
            found -> {
              running.put(pid, found);
              keep();
            });
  }

  synchronized void ended(long pid) {
    if (running.remove(pid) != null) {
      keep();
    }
  }

  /** Kills all that run, by their handles; for the case that the supervisor is gone. */
  synchronized void killAll() {
    running.values().forEach(left -> same(left).ifPresent(ProcessHandle::destroyForcibly));
  }

  private void keep() {
    state.write(DOCUMENT, new Kept(List.copyOf(running.values())));
  }

  private static Optional<Running> handle(String name, long pid) {
    return ProcessHandle.of(pid).map(handle -> running(name, handle));
  }

  private static Running running(String name, ProcessHandle handle) {
    ProcessHandle.Info info = handle.info();
    return new Running(
        name,
        handle.pid(),
        info.startInstant().map(java.time.Instant::toEpochMilli).orElse(0L),
        info.command().orElse(""));
  }

  private static Optional<ProcessHandle> same(Running left) {
    return ProcessHandle.of(left.pid())
        .filter(
            handle -> {
              Running now = running(left.name(), handle);
              long apart = Math.abs(now.startedMillis() - left.startedMillis());
              return now.executable().equals(left.executable()) && apart <= CLOCK_DRIFT_MILLIS;
            });
  }

  private static boolean kill(ProcessHandle handle) {
    handle.destroyForcibly();
    try {
      handle.onExit().get(2, TimeUnit.SECONDS);
    } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
