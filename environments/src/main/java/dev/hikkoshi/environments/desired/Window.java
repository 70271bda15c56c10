package dev.hikkoshi.environments.desired;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hours in which a step may start; {@code to} is exclusive and later than {@code from}. */
public record Window(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

  public Window {
    days = Set.copyOf(days);
    if (days.isEmpty() || !from.isBefore(to)) {
      throw new IllegalArgumentException("a window has days, and from is before to");
    }
  }

  public boolean open(Instant now) {
    ZonedDateTime local = now.atZone(zone);
    LocalTime time = local.toLocalTime();
    return days.contains(local.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
  }

  /** When it opens next, from now on. */
  public Instant opens(Instant now) {
    if (open(now)) {
      return now;
    }
    ZonedDateTime local = now.atZone(zone);
    for (int day = 0; day <= 7; day++) {
      ZonedDateTime start = local.toLocalDate().plusDays(day).atTime(from).atZone(zone);
      if (days.contains(start.getDayOfWeek()) && !start.toInstant().isBefore(now)) {
        return start.toInstant();
      }
    }
    throw new IllegalStateException("a window opens every week: " + this);
  }

  /** When a step may start: empty for now, else the next opening of any window. */
  public static Optional<Instant> closedUntil(List<Window> windows, Instant now) {
    if (windows.isEmpty() || windows.stream().anyMatch(w -> w.open(now))) {
      return Optional.empty();
    }
    return windows.stream().map(w -> w.opens(now)).min(Instant::compareTo);
  }
}
