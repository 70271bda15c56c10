package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * EC2 instance types, as far as their names tell the architecture: the letter g directly after the
 * generation stands for Graviton, as EC2's naming conventions say; a1 is older than the rule.
 */
final class InstanceTypes {

  private static final Pattern TYPE = Pattern.compile("[a-z]+[a-z0-9-]*\\.[a-z0-9-]{1,20}");
  private static final Pattern ARM = Pattern.compile("(a1|[a-z]+[0-9]+g[a-z]*)(-[a-z0-9-]+)?\\..*");
  private static final Pattern ACCELERATED = Pattern.compile("(p|g|inf|trn|dl|vt|f)[0-9].*");

  /** EKS's AMI types by eksctl's family: x86, ARM. */
  private static final Map<String, List<String>> IMAGES =
      Map.of(
          "AmazonLinux2023", List.of("AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD"),
          "Bottlerocket", List.of("BOTTLEROCKET_x86_64", "BOTTLEROCKET_ARM_64"));

  private InstanceTypes() {}

  static Type<String> type() {
    return Types.text(TYPE, "an instance type, for example m7i.large");
  }

  /** EKS's AMI type for a family on these types. */
  static Type<String> image(List<String> types) {
    return Types.text()
        .then(
            (family, node, problems) -> {
              List<String> images = IMAGES.getOrDefault(family, List.of());
              if (images.isEmpty()) {
                problems.add(
                    node.place(),
                    "not yet: amiFamily " + family,
                    "AmazonLinux2023 or Bottlerocket");
                return Optional.empty();
              }
              if (types.stream().anyMatch(t -> ACCELERATED.matcher(t).matches())) {
                problems.add(
                    node.place(), "not yet: amiFamily for accelerated types", "leave it to EKS");
                return Optional.empty();
              }
              long arm = types.stream().filter(t -> ARM.matcher(t).matches()).count();
              if (arm != 0 && arm != types.size()) {
                problems.add(node.place(), "the instance types have two architectures");
                return Optional.empty();
              }
              return Optional.of(images.get(arm == 0 ? 0 : 1));
            });
  }
}
