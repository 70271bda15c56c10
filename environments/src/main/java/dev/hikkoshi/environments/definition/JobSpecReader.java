package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.Inquiry;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Shape;
import dev.hikkoshi.environments.reading.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a batch/v1 Job (kubernetes.io/docs/concepts/workloads/controllers/job), read only as
 * far as a slip of the pen would be noticed too late: the API server knows the rest. Deadline,
 * clean-up and identity are Hikkoshi's.
 */
final class JobSpecReader {

  private static final Map<String, String> OURS =
      Map.of(
          "activeDeadlineSeconds", "say it beside the spec: deadline: 5m",
          "ttlSecondsAfterFinished", "it is removed when nobody waits for its answer any more",
          "suspend", "a Job that does not run never answers",
          "selector", "the API server makes it",
          "manualSelector", "the API server makes the selector");

  private JobSpecReader() {}

  /** A spec that stands in the definition itself. */
  static Type<Inquiry.Job> spec() {
    Type<Inquiry.Job> type = JobSpecReader::spec;
    return type.shaped(() -> new Shape.Keys(Shape.ANY));
  }

  /** A file that is one Job. */
  static Optional<Inquiry.Job> whole(Node root, Problems problems) {
    return Fields.of(root, problems)
        .flatMap(
            fields -> {
              fields.need("apiVersion", ClusterReader.only("batch/v1"), "apiVersion: batch/v1");
              fields.need("kind", ClusterReader.only("Job"), "kind: Job");
              fields.ignore(Set.of("metadata"));
              Optional<Inquiry.Job> job = fields.need("spec", spec(), "spec: {template: ...}");
              return fields.make(job::orElseThrow);
            });
  }

  private static Optional<Inquiry.Job> spec(Node node, Problems problems) {
    int before = problems.count();
    if (node instanceof Mapping spec) {
      look(spec, problems);
    }
    Optional<Map<String, Object>> values = PlainValues.map().read(node, problems);
    if (values.isPresent() && empties(values.get())) {
      problems.add(node.place(), "a key of the spec has no value", "leave it out");
    }
    return values
        .filter(_ -> problems.count() == before)
        .map(spec -> new Inquiry.Job("", spec, Duration.ZERO));
  }

  private static void look(Mapping spec, Problems problems) {
    OURS.forEach(
        (key, why) ->
            spec.entry(key).ifPresent(e -> problems.add(e.key().place(), "refused: " + key, why)));
    Optional<Mapping> pod =
        spec.at("template")
            .flatMap(JobSpecReader::map)
            .flatMap(t -> t.at("spec").flatMap(JobSpecReader::map));
    if (pod.isEmpty()) {
      problems.add(spec.place(), "no pod to run", "template: {spec: {containers: [...]}}");
      return;
    }
    boolean runs =
        pod.get()
            .at("containers")
            .filter(c -> c instanceof Sequence s && !s.items().isEmpty())
            .isPresent();
    if (!runs) {
      problems.add(
          pod.get().place(), "no container to run", "containers: [{name: ..., image: ...}]");
    }
    String policy =
        pod.get().at("restartPolicy").map(p -> p instanceof Scalar s ? s.text() : "").orElse("");
    if (!Set.of("Never", "OnFailure").contains(policy)) {
      problems.add(
          pod.get().entry("restartPolicy").map(e -> e.key().place()).orElse(pod.get().place()),
          "a Job's pod ends",
          "restartPolicy: Never, or OnFailure");
    }
  }

  private static Optional<Mapping> map(Node node) {
    return node instanceof Mapping map ? Optional.of(map) : Optional.empty();
  }

  private static boolean empties(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case Map<?, ?> map -> map.values().stream().anyMatch(JobSpecReader::empties);
      case Collection<?> items -> items.stream().anyMatch(JobSpecReader::empties);
      default -> false;
    };
  }
}
