package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.check.Check;
import dev.hikkoshi.environments.check.Verdict;
import dev.hikkoshi.environments.plan.Rehearsal;
import dev.hikkoshi.environments.plan.ReleaseWork;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What keeps a plan waiting, in one sentence: the worst check. The releases of a commit that do not
 * render are told all at once, because who mends a commit wants to do it in one go; what two sides
 * say alike is told once.
 */
final class Failing {

  /** So many are told in a banner, which is read in five seconds. */
  private static final int MOST = 10;

  /** A failure is surer, and so worse, than what could not be told. */
  private static final Comparator<Check> FAILURES_FIRST =
      Comparator.comparing(c -> c.verdict() instanceof Verdict.Fail ? 0 : 1);

  private Failing() {}

  /** Empty when every check passed. The way home has a line of its own and is not told here. */
  static Optional<String> sentence(List<Check> checks) {
    return checks.stream()
        .filter(c -> !c.passed() && !c.name().equals(Rehearsal.CHECK))
        .min(FAILURES_FIRST)
        .map(worst -> renders(worst) ? unrendered(checks) : one(worst));
  }

  private static String one(Check check) {
    return "%s (%s): %s".formatted(check.name(), check.subject(), check.verdict().evidence());
  }

  private static boolean renders(Check check) {
    return check.name().equals(ReleaseWork.RENDERS);
  }

  private static String unrendered(List<Check> checks) {
    SortedSet<String> all =
        checks.stream()
            .filter(c -> renders(c) && !c.passed())
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
