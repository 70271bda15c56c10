package dev.hikkoshi.environments.definition;

import java.time.ZoneId;

/**
 * When Hikkoshi proposes an upgrade by itself.
 *
 * @param schedule five fields of UNIX cron, checked
 * @param zone in which they are read
 */
public record Upgrades(Follow follow, String schedule, ZoneId zone) {

  /** Which version is proposed. */
  public enum Follow {
    /** The newest minor in EKS's standard support. */
    LATEST_STANDARD
  }
}
