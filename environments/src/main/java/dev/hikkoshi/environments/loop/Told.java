package dev.hikkoshi.environments.loop;

import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.plan.Action;
import dev.hikkoshi.environments.plan.Plan;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import dev.hikkoshi.environments.record.Fact;
import dev.hikkoshi.environments.record.JournalEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the journal says about modes: each change of mode, and in {@code plan} what would be done.
 */
final class Told {

  private static final String MODE = "mode ";

  private Told() {}

  /** The record with one more line if the last one about modes says something else. */
  static EnvironmentRecord in(Mode mode, Plan plan, EnvironmentRecord record, Instant now) {
    String text = MODE + text(mode, plan);
    Optional<String> last = last(record.journal());
    boolean news =
        switch (mode) {
          case ACT -> last.isPresent();
          case OBSERVE, PLAN -> true;
        };
    return news && last.filter(text::equals).isEmpty()
        ? record.log(now, JournalEntry.HIKKOSHI, text, "", Optional.of(new Fact.InMode(mode)))
        : record;
  }

  private static Optional<String> last(List<JournalEntry> journal) {
    for (int i = journal.size() - 1; i >= 0; i--) {
      if (journal.get(i).text().startsWith(MODE)) {
        return Optional.of(journal.get(i).text());
      }
    }
    return Optional.empty();
  }

  private static String text(Mode mode, Plan plan) {
    return switch (mode) {
      case OBSERVE -> "observe: nothing is written";
      case PLAN ->
          plan.actions().isEmpty()
              ? "plan: nothing is written; nothing would be done now"
              : "plan: nothing is written; would now "
                  + plan.actions().stream().map(Action::why).collect(Collectors.joining("; "));
      case ACT -> "act";
    };
  }
}
