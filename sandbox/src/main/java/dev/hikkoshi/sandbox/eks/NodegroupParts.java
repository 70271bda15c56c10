package dev.hikkoshi.sandbox.eks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of a node group as requests ask for them, checked as EKS does. */
final class NodegroupParts {

  private static final int MOST_NODES = 450;
  private static final List<String> EFFECTS =
      List.of("NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE");

  private NodegroupParts() {}

  static NodegroupDoc.Scaling scaling(
      Requests.@Nullable Scaling asked, NodegroupDoc.Scaling otherwise) {
    if (asked == null) {
      return otherwise;
    }
    int min = asked.minSize() == null ? otherwise.minSize() : asked.minSize();
    int max = asked.maxSize() == null ? otherwise.maxSize() : asked.maxSize();
    int desired = asked.desiredSize() == null ? otherwise.desiredSize() : asked.desiredSize();
    if (min < 0 || max < 1 || max > MOST_NODES) {
      throw EksErrors.invalidParameter(
          "minSize must be at least 0 and maxSize between 1 and " + MOST_NODES);
    }
    if (min > max) {
      throw EksErrors.invalidParameter(
          "Minimum capacity %d can't be greater than maximum size %d".formatted(min, max));
    }
    if (desired < min) {
      throw EksErrors.invalidParameter(
          "Minimum capacity %d can't be greater than desired size %d".formatted(min, desired));
    }
    if (desired > max) {
      throw EksErrors.invalidParameter(
          "Desired capacity %d can't be greater than max size %d".formatted(desired, max));
    }
    return new NodegroupDoc.Scaling(min, max, desired);
  }

  static List<NodegroupDoc.Taint> taints(@Nullable List<Requests.Taint> asked) {
    if (asked == null) {
      return List.of();
    }
    return asked.stream()
        .map(
            t ->
                new NodegroupDoc.Taint(
                    Requests.need(t.key(), "taints.key"),
                    t.value(),
                    Checks.oneOf(
                        Requests.need(t.effect(), "taints.effect"), "taints.effect", EFFECTS)))
        .toList();
  }

  static boolean same(NodegroupDoc.Taint a, NodegroupDoc.Taint b) {
    return a.key().equals(b.key()) && a.effect().equals(b.effect());
  }
}
