package dev.hikkoshi.sandbox.eks;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parts of a node group as requests ask for them, checked as EKS does. */
final class NodegroupParts {

  private static final int MOST_NODES = 450;
  private static final List<String> EFFECTS =
      List.of("NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE");

  private static final Pattern TEMPLATE = Pattern.compile("lt-[0-9a-f]{8,17}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]*");

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

  /**
   * Templates themselves are not played: one of the right form is there, has one version beside
   * those that are named, and says nothing.
   */
  static NodegroupDoc.@Nullable LaunchTemplate launchTemplate(Requests.CreateNodegroup request) {
    Requests.LaunchTemplate asked = request.launchTemplate();
    if (asked == null) {
      return null;
    }
    if (asked.name() != null) {
      throw EksErrors.notPlayed("a launch template by its name");
    }
    String id = Requests.need(asked.id(), "launchTemplate.id");
    if (!TEMPLATE.matcher(id).matches()) {
      throw EksErrors.invalidParameter("The launch template ID '" + id + "' is malformed");
    }
    if (request.diskSize() != null) {
      throw EksErrors.invalidParameter("Disk size must be specified within the launch template.");
    }
    String version = asked.version() == null ? "$Default" : asked.version();
    if (version.equals("$Default") || version.equals("$Latest")) {
      return new NodegroupDoc.LaunchTemplate(id, "1");
    }
    if (!NUMBER.matcher(version).matches()) {
      throw EksErrors.invalidParameter(
          "The launch template version '" + version + "' is not a version number");
    }
    return new NodegroupDoc.LaunchTemplate(id, version);
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
