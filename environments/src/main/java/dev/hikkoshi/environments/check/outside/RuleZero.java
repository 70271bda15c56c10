package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Outside.As;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rule 0. Some effects are claims: something that only one may have, such as a DNS name; they are
 * findings when another cluster claims the same. The others are findings by themselves, because a
 * second cluster doubles them.
 */
public final class RuleZero {

  private RuleZero() {}

  /**
   * What no word settles, in order of kind.
   *
   * @param here what would be written
   * @param elsewhere what every other cluster of the environment has, by the cluster's name
   * @param moved DNS names that routes of the environment move
   */
  public static List<Finding> findings(
      Rendering here,
      Map<String, Rendering> elsewhere,
      Set<String> moved,
      List<Outside> classified) {
    Map<String, String> takenBy = new HashMap<>();
    elsewhere.forEach(
        (cluster, rendering) ->
            Effects.in(rendering, moved).stream()
                .filter(Effect::claim)
                .forEach(e -> takenBy.putIfAbsent(e.identity(), cluster)));
    List<Finding> findings = new ArrayList<>();
    for (Effect effect : Effects.in(here, moved)) {
      if (!effect.claim()) {
        judge(effect, effect.what(), classified).ifPresent(findings::add);
      } else if (takenBy.containsKey(effect.identity())) {
        String also = effect.what() + " is also claimed in " + takenBy.get(effect.identity());
        judge(effect, also, classified).ifPresent(findings::add);
      }
    }
    return findings.stream().distinct().sorted().toList();
  }

  /** Entries of {@code outside:} that are about nothing which these releases render. */
  public static List<Outside> unused(Rendering here, List<Outside> classified) {
    return classified.stream()
        .filter(
            c ->
                switch (c) {
                  case Outside.OfRelease r -> !here.releases().containsKey(r.release());
                  case Outside.OfObject o -> everything(here).noneMatch(o.path()::equals);
                })
        .toList();
  }

  private static Stream<String> everything(Rendering here) {
    return here.releases().values().stream()
        .flatMap(
            r ->
                Stream.concat(
                    r.objects().stream().map(o -> o.path()),
                    r.hooks().stream().map(h -> h.object().path())));
  }

  private static Optional<Finding> judge(Effect effect, String what, List<Outside> classified) {
    List<As> settledBy =
        effect.kind().settledBy().stream()
            .filter(as -> Outside.sensible(effect.object().kind(), as))
            .toList();
    List<As> said =
        classified.stream().filter(c -> about(c, effect)).map(Outside::as).distinct().toList();
    if (said.stream().anyMatch(settledBy::contains)) {
      return Optional.empty();
    }
    // A word for a whole release is about other things of it too, so it is no mistake by itself.
    List<As> wrong =
        classified.stream()
            .filter(c -> about(c, effect) && c instanceof Outside.OfObject)
            .map(Outside::as)
            .distinct()
            .toList();
    return Optional.of(
        new Finding(
            effect.kind(), effect.release(), effect.object().path(), what, wrong, settledBy));
  }

  private static boolean about(Outside word, Effect effect) {
    return switch (word) {
      case Outside.OfRelease r -> r.release().equals(effect.release());
      case Outside.OfObject o -> o.path().equals(effect.object().path());
    };
  }
}
