package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.Window;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Times;
import dev.hikkoshi.environments.reading.Types;
import java.time.DayOfWeek;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code spec.windows} and {@code spec.upgrades}. */
final class ScheduleReader {

  private ScheduleReader() {}

  static Optional<Window> window(Fields fields) {
    Map<String, DayOfWeek> days = new LinkedHashMap<>();
    for (DayOfWeek day : DayOfWeek.values()) {
      days.put(day.name().substring(0, 3).toLowerCase(Locale.ROOT), day);
    }
    var on = fields.need("days", Types.list(Types.oneOf(days)), "days: [mon, tue, wed, thu]");
    var from = fields.need("from", Times.timeOfDay(), "from: \"10:00\"");
    var to = fields.need("to", Times.timeOfDay(), "to: \"16:00\"");
    var zone = fields.need("zone", Times.zone(), "zone: Asia/Tokyo");
    if (on.filter(List::isEmpty).isPresent()) {
      fields.problem("days", "a window without a day", "days: [mon, tue, wed, thu]");
    }
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      fields.problem("to", "the window ends before it begins", "expected from before to");
    }
    return fields.make(
        () ->
            new Window(
                Set.copyOf(on.orElseThrow()),
                from.orElseThrow(),
                to.orElseThrow(),
                zone.orElseThrow()));
  }

  static Optional<Upgrades> upgrades(Fields fields) {
    Map<String, Upgrades.Follow> follow =
        Map.of("latest-standard", Upgrades.Follow.LATEST_STANDARD);
    var what = fields.need("follow", Types.oneOf(follow), "follow: latest-standard");
    var schedule = fields.need("schedule", Times.cron(), "schedule: \"0 10 * * 2\"");
    var zone = fields.need("zone", Times.zone(), "zone: Asia/Tokyo");
    return fields.make(
        () -> new Upgrades(what.orElseThrow(), schedule.orElseThrow(), zone.orElseThrow()));
  }
}
