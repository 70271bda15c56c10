package dev.hikkoshi.environments.view;

import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.record.EnvironmentRecord;
import java.util.List;

/**
 * What a definition would do to an environment as it is remembered: danger first, then what and
 * why, then from where on a revert means building again. Every renderer prints these words.
 *
 * @param mode what the definition lets be written: in observe and plan nothing of this is
 * @param dangers what can hurt or cannot be undone quickly
 * @param items in the order in which they happen
 * @param charts what ranges of chart versions come to; of exact versions nothing is told
 * @param back how a revert works, and until when
 * @param summary one line that counts
 */
public record PlanDocument(
    String environment,
    String commit,
    Mode mode,
    List<String> dangers,
    List<Item> items,
    List<Chart> charts,
    String back,
    String summary) {

  public PlanDocument {
    dangers = List.copyOf(dangers);
    items = List.copyOf(items);
    charts = List.copyOf(charts);
  }

  /** The same with what ranges come to, which is no matter of files. */
  public PlanDocument with(List<Chart> settled) {
    return new PlanDocument(environment, commit, mode, dangers, items, settled, back, summary);
  }

  /**
   * A range of chart versions.
   *
   * @param chart where it comes from, with the range
   * @param version what it comes to; empty when that is not known
   * @param why whose word it is, or why it is not known
   */
  public record Chart(String release, String chart, String version, String why) {}

  /** Pure: what is wanted against what is remembered. */
  public static PlanDocument of(Desired desired, EnvironmentRecord record) {
    return new PlanWords(desired, record).document();
  }

  /** Whether anything would happen. */
  public boolean changes() {
    return !items.isEmpty();
  }

  /**
   * One thing that would happen.
   *
   * @param what for example {@code build cluster shop-1-37-2 (1.37)}
   * @param why for example {@code metadata.version 1.36 → 1.37 builds a new cluster}
   */
  public record Item(Kind kind, String what, String why) {}

  /** What kind of thing, with its sign. */
  public enum Kind {
    BUILD("+"),
    CHANGE("~"),
    SYNC("↻"),
    MOVE("▶"),
    RETURN("◀"),
    RETIRE("✂");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }
  }
}
