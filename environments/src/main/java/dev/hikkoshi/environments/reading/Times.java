package dev.hikkoshi.environments.reading;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.zone.ZoneRulesException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of time: durations, rates, zones, hours of a day and UNIX cron. */
public final class Times {

  /** A year and a day: what is longer is a typing error. */
  private static final Duration LONGEST = Duration.ofDays(366);

  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");
  private static final List<Duration> UNITS =
      List.of(
          Duration.ofDays(1), Duration.ofHours(1), Duration.ofMinutes(1), Duration.ofSeconds(1));
  private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)/(s|min|h)");
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");

  private Times() {}

  /** {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 7d}: at most 366 days. */
  public static Type<Duration> duration() {
    return Types.text()
        .then(
            (text, node, problems) -> {
              Optional<Duration> value = duration(text).filter(d -> d.compareTo(LONGEST) <= 0);
              if (value.isEmpty()) {
                problems.add(
                    node.place(),
                    "\"" + text + "\" is no duration",
                    "expected for example 90s, 10m, 1h30m or 7d; at most 366d");
              }
              return value;
            });
  }

  private static Optional<Duration> duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      return Optional.empty();
    }
    Duration sum = Duration.ZERO;
    for (int i = 0; i < UNITS.size(); i++) {
      String count = parts.group(i + 1);
      if (count != null) {
        sum = sum.plus(UNITS.get(i).multipliedBy(Long.parseLong(count)));
      }
    }
    return Optional.of(sum);
  }

  /** {@code 1/min}, {@code 0.5/s}, {@code 60/h}; per minute. */
  public static Type<Double> perMinute() {
    return Types.text()
        .then(
            (text, node, problems) -> {
              Matcher rate = RATE.matcher(text);
              if (!rate.matches()) {
                problems.add(
                    node.place(), "\"" + text + "\" is no rate", "expected for example 1/min");
                return Optional.empty();
              }
              double count = Double.parseDouble(rate.group(1));
              return Optional.of(
                  switch (rate.group(2)) {
                    case "s" -> count * 60;
                    case "h" -> count / 60;
                    default -> count;
                  });
            });
  }

  /** A region of the time zone database, for example {@code Asia/Tokyo} or {@code UTC}. */
  public static Type<ZoneId> zone() {
    return Types.text()
        .then(
            (text, node, problems) -> {
              try {
                // Offsets like +09:00 know no summer time; whoever writes one did not mean that.
                if (text.equals("UTC") || ZoneId.getAvailableZoneIds().contains(text)) {
                  return Optional.of(ZoneId.of(text));
                }
              } catch (ZoneRulesException e) {
                // Falls through: listed, but without rules on this machine.
              } catch (DateTimeException e) {
                // Falls through: no such zone.
              }
              String hint =
                  Nearest.to(text, ZoneId.getAvailableZoneIds().stream().sorted().toList())
                      .map(near -> "did you mean \"" + near + "\"?")
                      .orElse("expected for example Asia/Tokyo or UTC");
              problems.add(node.place(), "\"" + text + "\" is no time zone", hint);
              return Optional.empty();
            });
  }

  /** {@code 09:30}, 24 hours. */
  public static Type<LocalTime> timeOfDay() {
    return Types.text(TIME, "a time of day, for example 09:30").then(Times::time);
  }

  private static Optional<LocalTime> time(String text, Node node, Problems problems) {
    return Optional.of(LocalTime.parse(text));
  }

  /** {@code 2027-03-31}. */
  public static Type<LocalDate> day() {
    return Types.text(DAY, "a day, for example 2027-03-31")
        .then(
            (text, node, problems) -> {
              try {
                return Optional.of(LocalDate.parse(text));
              } catch (DateTimeParseException e) {
                problems.add(node.place(), "there is no day " + text);
                return Optional.empty();
              }
            });
  }

  /** Five fields of UNIX cron, checked field by field; the text as it is written. */
  public static Type<String> cron() {
    return Types.text()
        .then(
            (text, node, problems) -> {
              Optional<String> wrong = Cron.wrong(text);
              wrong.ifPresent(
                  why ->
                      problems.add(
                          node.place(),
                          "\"" + text + "\" is no schedule: " + why,
                          "expected minute hour day-of-month month day-of-week, for example"
                              + " \"0 10 * * 2\""));
              return wrong.isPresent() ? Optional.empty() : Optional.of(text);
            });
  }
}
