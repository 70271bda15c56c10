package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.clusters.kube.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whose pods a sync would replace, told without a dry run, because it is told in modes that must
 * not even do that: a pod template that differs from the one which Helm's record has, or that asks
 * for what the live one lacks. Fields are named, never their values.
 */
final class Restarts {

  private static final Set<String> KINDS = Set.of("Deployment", "StatefulSet", "DaemonSet");
  private static final String TEMPLATE = "/spec/template";

  private final LiveObjects live;
  private final ObjectWriter writer;

  Restarts(LiveObjects live, ObjectWriter writer) {
    this.live = live;
    this.writer = writer;
  }

  /** In order of {@code wanted}; a workload that is not there yet has no pods to replace. */
  List<String> of(List<Part> recorded, List<Part> wanted) {
    Map<ObjectKey, Part> before =
        recorded.stream()
            .collect(Collectors.toMap(Part::key, Function.identity(), (first, _) -> first));
    List<String> told = new ArrayList<>();
    for (Part part : wanted) {
      if (KINDS.contains(part.key().kind())) {
        live.find(part.key())
            .map(
                there ->
                    differences(Optional.ofNullable(before.get(part.key())), part, there, wanted))
            .filter(fields -> !fields.isEmpty())
            .ifPresent(fields -> told.add(part.key().path() + ": " + String.join(", ", fields)));
      }
    }
    return told;
  }

  private Set<String> differences(
      Optional<Part> before, Part part, LiveObject there, List<Part> release) {
    Set<String> fields = new LinkedHashSet<>();
    before
        .map(old -> Differences.between(template(old.body()), template(part.body())))
        .ifPresent(fields::addAll);
    fields.addAll(
        Differences.lacking(template(writer.body(part, there, release)), template(there.tree())));
    return fields.stream()
        .map(field -> field.startsWith("/") ? TEMPLATE + field : field)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static JsonNode template(JsonNode workload) {
    return workload.at(TEMPLATE);
  }
}
