package dev.hikkoshi.cli.output;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A time to come as people type it: from now on ({@code 8h}), with its offset ({@code
 * 2026-12-24T18:00:00+09:00}), or a day, until it begins in UTC.
 */
public sealed interface Moment {

  /** The instant that is meant, told from now. */
  Instant from(Instant now);

  /** So long from now. */
  record In(Duration time) implements Moment {
    @Override
    public Instant from(Instant now) {
      return now.plus(time);
    }
  }

  /** Whenever now is. */
  record At(Instant time) implements Moment {
    @Override
    public Instant from(Instant now) {
      return time;
    }
  }

  /** Reads one. */
  final class Word implements ITypeConverter<Moment> {

    private static final int DAY = "2026-12-24".length();

    @Override
    public Moment convert(String text) {
      try {
        if (text.contains("T")) {
          return new At(OffsetDateTime.parse(text).toInstant());
        }
        return text.length() == DAY
            ? new At(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant())
            : new In(new ShortTime().convert(text));
      } catch (DateTimeException | TypeConversionException e) {
        throw new TypeConversionException(
            "'" + text + "' is no time such as 8h, 2026-12-24 or 2026-12-24T18:00:00+09:00");
      }
    }
  }
}
