package dev.hikkoshi.clusters.helm;

import java.util.List;
import java.util.Optional;

/** What a revision is to its release, with Helm's words for it. */
enum RolloutKind {
  INSTALL("install", "Install complete"),
  UPGRADE("upgrade", "Upgrade complete"),
  ROLLBACK("rollback", Records.SAME_DESCRIPTION);

  private final String word;
  private final String complete;

  RolloutKind(String word, String complete) {
    this.word = word;
    this.complete = complete;
  }

  /**
   * A release is installed until a revision of it was deployed. Helm calls every revision after the
   * first an upgrade, also when none ever came to its end; then the hooks of the installation would
   * never run.
   */
  static RolloutKind of(Revision revision, List<Revision> history) {
    if (revision.givenUp().isPresent()) {
      return ROLLBACK;
    }
    return everDeployed(history) ? UPGRADE : INSTALL;
  }

  static boolean everDeployed(List<Revision> history) {
    return history.stream().anyMatch(r -> r.deployed() || r.status().equals("superseded"));
  }

  String pending() {
    return "pending-" + word;
  }

  String before() {
    return "pre-" + word;
  }

  String after() {
    return "post-" + word;
  }

  String complete(Optional<String> description) {
    return this == ROLLBACK ? complete : description.orElse(complete);
  }

  /** Helm's sentence for a revision that failed. */
  String failed(String release, String why) {
    return switch (this) {
      case INSTALL -> "Release \"%s\" failed: %s".formatted(release, why);
      case UPGRADE -> "Upgrade \"%s\" failed: %s".formatted(release, why);
      case ROLLBACK -> "Rollback \"%s\" failed: %s".formatted(release, why);
    };
  }
}
