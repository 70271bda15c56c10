package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.VersionSeen;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which version a scheduled upgrade asks for. */
public final class UpgradeChoice {

  private static final Comparator<String> BY_VERSION =
      Comparator.<String>comparingInt(v -> number(v, 0)).thenComparingInt(v -> number(v, 1));

  private UpgradeChoice() {}

  /**
   * The version to propose instead of the desired one, empty when that is as new already.
   *
   * @param desired for example {@code 1.36}
   * @param offered what EKS offers; unknown stays unknown
   */
  public static Observation<Optional<String>> next(
      String desired, Upgrades.Follow follow, Observation<List<VersionSeen>> offered) {
    return switch (follow) {
      case LATEST_STANDARD ->
          offered.map(
              versions ->
                  versions.stream()
                      .filter(VersionSeen::standardSupport)
                      .map(VersionSeen::version)
                      .filter(v -> v.matches("[0-9]{1,4}\\.[0-9]{1,4}"))
                      .max(BY_VERSION)
                      .filter(newest -> BY_VERSION.compare(newest, desired) > 0));
    };
  }

  private static int number(String version, int part) {
    return Integer.parseInt(version.split("\\.", -1)[part]);
  }
}
