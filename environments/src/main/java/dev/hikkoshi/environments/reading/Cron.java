package dev.hikkoshi.environments.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether five fields of UNIX cron make sense, and can ever come true. It does not compute times.
 */
final class Cron {

  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final Pattern ITEM =
      Pattern.compile("(\\*|([0-9]{1,2}|[a-z]{3})(-([0-9]{1,2}|[a-z]{3}))?)(/([0-9]{1,2}))?");

  private enum Field {
    MINUTE(0, 59, List.of()),
    HOUR(0, 23, List.of()),
    DAY_OF_MONTH(1, 31, List.of()),
    MONTH(1, 12, MONTHS),
    /** 7 is Sunday too. */
    DAY_OF_WEEK(0, 7, DAYS);

    private final int least;
    private final int greatest;
    private final List<String> names;

    Field(int least, int greatest, List<String> names) {
      this.least = least;
      this.greatest = greatest;
      this.names = names;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1L;

    Wrong(Field field, String item, String why) {
      super(field + " \"" + item + "\" " + why);
    }
  }

  private Cron() {}

  /** What is wrong with it; empty for a good one. */
  static Optional<String> wrong(String text) {
    String[] fields = text.strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
    if (fields.length != Field.values().length) {
      return Optional.of("it has " + fields.length + " fields and not five");
    }
    List<Set<Integer>> values = new ArrayList<>();
    try {
      for (Field field : Field.values()) {
        values.add(values(field, fields[field.ordinal()]));
      }
    } catch (Wrong e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    // With both day fields given either suffices, so only a day of the month alone can be missing.
    boolean onlyByMonthDay = fields[Field.DAY_OF_WEEK.ordinal()].startsWith("*");
    Set<Integer> days = values.get(Field.DAY_OF_MONTH.ordinal());
    boolean comes =
        values.get(Field.MONTH.ordinal()).stream()
            .anyMatch(month -> days.stream().anyMatch(day -> day <= longest(month)));
    return onlyByMonthDay && !comes ? Optional.of("that day never comes") : Optional.empty();
  }

  private static int longest(int month) {
    return switch (month) {
      case 2 -> 29;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static Set<Integer> values(Field field, String text) throws Wrong {
    Set<Integer> values = new TreeSet<>();
    for (String item : text.split(",", -1)) {
      Matcher parts = ITEM.matcher(item);
      if (!parts.matches()) {
        throw new Wrong(field, item, "is not understood");
      }
      boolean all = parts.group(1).equals("*");
      int from = all ? field.least : value(field, item, parts.group(2));
      int to = from;
      if (all) {
        to = field.greatest;
      } else if (parts.group(4) != null) {
        to = value(field, item, parts.group(4));
      }
      if (from > to) {
        throw new Wrong(field, item, "runs backwards");
      }
      values.addAll(stepped(field, item, from, to, Optional.ofNullable(parts.group(6)), all));
    }
    return values;
  }

  private static Set<Integer> stepped(
      Field field, String item, int from, int to, Optional<String> step, boolean all) throws Wrong {
    int by = step.map(Integer::parseInt).orElse(1);
    if (by == 0 || by > field.greatest) {
      throw new Wrong(field, item, "has a step of " + by);
    }
    if (step.isPresent() && !all && from == to) {
      throw new Wrong(field, item, "steps over a single value; write a range or *");
    }
    Set<Integer> values = new TreeSet<>();
    for (int value = from; value <= to; value += by) {
      values.add(value);
    }
    return values;
  }

  private static int value(Field field, String item, String text) throws Wrong {
    int named = field.names.indexOf(text);
    if (named >= 0) {
      return field.least + named;
    }
    if (!Character.isDigit(text.charAt(0))) {
      throw new Wrong(field, item, "is not understood");
    }
    int value = Integer.parseInt(text);
    if (value < field.least || value > field.greatest) {
      throw new Wrong(field, item, "is not " + field.least + " to " + field.greatest);
    }
    return value;
  }
}
