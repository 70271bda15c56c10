package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.plan.ReleaseWork;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The releases of a commit that do not render, all at once: who mends a commit wants to do it in
 * one go. What two sides say alike is told once.
 */
final class Unrendered {

  /** So many are told in a banner, which is read in five seconds. */
  private static final int MOST = 10;

  private Unrendered() {}

  /** One sentence with what is wrong and where; at least one check has to say so. */
  static String sentence(List<Check> checks) {
    SortedSet<String> all =
        checks.stream()
            .filter(c -> c.name().equals(ReleaseWork.RENDERS) && !c.passed())
            .map(c -> release(c) + ": " + c.verdict().evidence())
            .collect(Collectors.toCollection(TreeSet::new));
    if (all.size() == 1) {
      return "1 release does not render: " + all.first();
    }
    int more = all.size() - MOST;
    return "%d releases do not render: %s%s"
        .formatted(
            all.size(),
            all.stream().limit(MOST).collect(Collectors.joining("; ")),
            more > 0 ? "; and %d more, which status lists".formatted(more) : "");
  }

  /** A check's subject is a cluster and a release. */
  private static String release(Check check) {
    return check.subject().substring(check.subject().indexOf(' ') + 1);
  }
}
