package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.desired.MoveCheck;
import dev.hikkoshi.environments.port.Measure;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Providers of metrics and headers of webhooks that checks name. Their address is the controller's
 * configuration, which nobody here can read, so each is told with the key that it needs.
 */
final class NamedProviders {

  private NamedProviders() {}

  static void examine(Subject subject, List<Advice> advice) {
    SortedMap<String, TreeSet<String>> asked = new TreeMap<>();
    for (MoveCheck check : subject.desired().move().checks()) {
      if (check.skip().isEmpty()) {
        key(check.measure())
            .ifPresent(key -> asked.computeIfAbsent(key, _ -> new TreeSet<>()).add(check.name()));
      }
    }
    for (Inquiry check : subject.desired().move().inquiries()) {
      if (check.skip().isEmpty() && check.question() instanceof Inquiry.Webhook hook) {
        hook.credentials()
            .map("hikkoshi.webhooks."::concat)
            .ifPresent(key -> asked.computeIfAbsent(key, _ -> new TreeSet<>()).add(check.name()));
      }
    }
    asked.forEach((key, checks) -> advice.add(named(subject, key, checks)));
  }

  /** The prefix of its keys; CloudWatch needs none. */
  private static Optional<String> key(Measure measure) {
    return switch (measure) {
      case Measure.RouteErrors(), Measure.RouteLatency _, Measure.CloudWatch _ -> Optional.empty();
      case Measure.Prometheus p -> Optional.of("hikkoshi.metrics.prometheus." + p.server());
      case Measure.Datadog d -> Optional.of("hikkoshi.metrics.datadog." + d.account());
      case Measure.NewRelic n -> Optional.of("hikkoshi.metrics.new-relic." + n.account());
    };
  }

  private static Advice named(Subject subject, String key, TreeSet<String> checks) {
    String names = checks.stream().collect(Collectors.joining(", "));
    return new Advice(
        Weight.CONSIDER,
        "provider",
        key,
        subject.file() + ", spec.move.checks",
        "%s asked for by %s cannot be seen from here".formatted(key, names),
        "a provider that the controller does not know is never a pass: the move would wait, and"
            + " hold at dwell.max",
        key + ".* in the controller's configuration (docs/configuration.md)");
  }
}
