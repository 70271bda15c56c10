package dev.hikkoshi.controller.install;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What renders of releases need from outside Git.
 *
 * @param cache folder for fetched charts and for renders; may be shared by processes of one user
 * @param ageKeys file with the age identities that open encrypted values
 * @param logins file with logins for chart repositories and registries, by origin
 */
public record ReleaseOptions(Path cache, Optional<Path> ageKeys, Optional<Path> logins) {

  public ReleaseOptions {
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(ageKeys, "ageKeys");
    Objects.requireNonNull(logins, "logins");
  }

  /** Nothing encrypted, every chart server anonymous. */
  public static ReleaseOptions in(Path cache) {
    return new ReleaseOptions(cache, Optional.empty(), Optional.empty());
  }
}
