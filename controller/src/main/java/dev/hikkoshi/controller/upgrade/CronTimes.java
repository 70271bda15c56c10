package dev.hikkoshi.controller.upgrade;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** The times of a five-field UNIX cron expression in a zone. */
final class CronTimes {

  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  private final ExecutionTime times;
  private final ZoneId zone;

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException when it is none; says what is wrong with it
   */
  CronTimes(String expression, ZoneId zone) {
    this.times = ExecutionTime.forCron(PARSER.parse(expression));
    this.zone = zone;
  }

  /** The newest due time that is not after {@code now}. */
  Optional<Instant> lastDue(Instant now) {
    // Due times are whole minutes, and the library looks for one before the time that it is given.
    ZonedDateTime after = now.plusMillis(1).atZone(zone);
    return times.lastExecution(after).map(ZonedDateTime::toInstant);
  }

  /** The next due time after {@code now}. */
  Optional<Instant> next(Instant now) {
    return times.nextExecution(now.atZone(zone)).map(ZonedDateTime::toInstant);
  }
}
