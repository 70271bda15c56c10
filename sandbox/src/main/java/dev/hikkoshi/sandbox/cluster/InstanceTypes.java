package dev.hikkoshi.sandbox.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes of instances, as far as scheduling sees them. Memory per vCPU by class of family (c 2, m
 * and t 4, r 8 GiB); pods as the usual families allow with the VPC CNI without prefix delegation.
 */
public final class InstanceTypes {

  private static final Pattern NAME =
      Pattern.compile("([cmrt])[3-9][a-z]*(?:-flex)?\\.(medium|large|xlarge|[248]xlarge)");
  private static final Map<String, Size> SIZES =
      Map.of(
          "medium", new Size(2, 17),
          "large", new Size(2, 29),
          "xlarge", new Size(4, 58),
          "2xlarge", new Size(8, 58),
          "4xlarge", new Size(16, 234),
          "8xlarge", new Size(32, 234));
  private static final Map<String, Integer> GIB_PER_CPU = Map.of("c", 2, "m", 4, "t", 4, "r", 8);

  private InstanceTypes() {}

  private record Size(int cpus, int pods) {}

  /**
   * What a node of that type can hold.
   *
   * @param cpus vCPUs
   * @param memoryGib memory in GiB
   * @param pods most pods
   * @param architecture {@code amd64} or {@code arm64}
   */
  public record Capacity(int cpus, int memoryGib, int pods, String architecture) {}

  /** What a type can hold; empty for one that the sandbox does not know. */
  public static Optional<Capacity> of(String instanceType) {
    Matcher matcher = NAME.matcher(instanceType);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Size size = SIZES.getOrDefault(matcher.group(2), new Size(2, 17));
    int gib = size.cpus() * GIB_PER_CPU.getOrDefault(matcher.group(1), 4);
    String family = instanceType.substring(0, instanceType.indexOf('.'));
    boolean arm = family.length() > 2 && family.charAt(2) == 'g';
    return Optional.of(
        new Capacity(
            size.cpus(),
            matcher.group(2).equals("medium") ? gib / 2 : gib,
            size.pods(),
            arm ? "arm64" : "amd64"));
  }
}
