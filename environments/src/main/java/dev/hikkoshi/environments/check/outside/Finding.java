package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.desired.Outside.As;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An effect outside the cluster that no word of a person settles.
 *
 * @param object {@code apiVersion/Kind/namespace/name}
 * @param effect what it does, for example {@code DNS name www.example.com is also claimed in …}
 * @param said words that were given for it and do not settle it
 * @param settledBy words that would, the likeliest first; empty where only a change helps
 */
public record Finding(
    EffectKind kind,
    ReleaseId release,
    String object,
    String effect,
    List<As> said,
    List<As> settledBy)
    implements Comparable<Finding> {

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::kind)
          .thenComparing(Finding::release)
          .thenComparing(Finding::object)
          .thenComparing(Finding::effect);

  public Finding {
    said = List.copyOf(said);
    settledBy = List.copyOf(settledBy);
  }

  /** The literal line for {@code outside:} that settles it, once its reason is filled in. */
  public Optional<String> line() {
    return settledBy.stream()
        .findFirst()
        .map(as -> "- {object: %s, as: %s, reason: \"\"}".formatted(object, as.word()));
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String words = String.join(", ", said.stream().map(As::word).toList());
    String said = words.isEmpty() ? "" : "; " + words + " does not settle it";
    return "%s: %s by %s of %s%s".formatted(kind.word(), effect, object, release, said);
  }
}
