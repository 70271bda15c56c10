package dev.hikkoshi.environments.simulator;

import dev.hikkoshi.environments.desired.Window;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/** The hours in which steps may start, in one world of eight: some each day, hours apart. */
final class Windows {

  private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "Asia/Tokyo");
  private static final int DAY = 24 * 60;
  private static final int[] EVERY = {90, 120, 180, 240};

  private Windows() {}

  /** None where any hour is right. */
  static List<Window> draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x817D0);
    if (random.nextInt(8) != 0) {
      return List.of();
    }
    ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
    int every = EVERY[random.nextInt(EVERY.length)];
    int open = 20 + random.nextInt(every - 40);
    List<Window> windows = new ArrayList<>();
    for (int from = random.nextInt(every - open); from + open < DAY; from += every) {
      LocalTime begin = LocalTime.MIN.plusMinutes(from);
      windows.add(new Window(EnumSet.allOf(DayOfWeek.class), begin, begin.plusMinutes(open), zone));
    }
    return windows;
  }
}
