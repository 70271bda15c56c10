package dev.hikkoshi.environments.desired;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * A check of {@code move.checks}: judged by metrics ({@link MoveCheck}) or asked of somebody
 * ({@link Inquiry}). Both have a verdict, evidence, a time at which they are asked, and are
 * switched off only one by one, with a reason.
 */
public sealed interface DeclaredCheck permits MoveCheck, Inquiry {

  /** Unique in the environment. */
  String name();

  /** Routes that it judges, each alone; empty for all. */
  Set<String> routes();

  /** When it is asked. */
  When when();

  /** Whether its verdict counts; a warning is only shown. */
  boolean blocking();

  /** How long nobody may answer before it counts. */
  Duration silence();

  /** Present when it is switched off. */
  Optional<Skip> skip();

  /** Whether it judges this route. */
  default boolean judges(String route) {
    return routes().isEmpty() || routes().contains(route);
  }

  /** When a check is asked. */
  enum When {
    /** Once, before the first step gains share. */
    START,
    /** Before each step gains share, about the minutes before it. */
    BEFORE,
    /** While a step lasts, and on through soak. */
    DURING,
    /** When everything is on the new side: at the last step and through soak. */
    AFTER
  }

  /**
   * Why a check is off, and until when; after that day it is asked again.
   *
   * @param until the last day on which it is off, in UTC
   */
  record Skip(String reason, Optional<LocalDate> until) {}
}
