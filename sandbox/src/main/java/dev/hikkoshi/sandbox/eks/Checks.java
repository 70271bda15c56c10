package dev.hikkoshi.sandbox.eks;

import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.iam.Roles;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that several operations make; the messages follow AWS's. */
final class Checks {

  private static final Pattern CLUSTER_NAME = Pattern.compile("[0-9A-Za-z][A-Za-z0-9_-]{0,99}");
  private static final Pattern GROUP_NAME = Pattern.compile("[0-9A-Za-z][A-Za-z0-9_-]{0,62}");
  private static final int MOST_TAGS = 50;

  private final Network network;
  private final Roles roles;

  Checks(Network network, Roles roles) {
    this.network = network;
    this.roles = roles;
  }

  static String clusterName(String name) {
    if (!CLUSTER_NAME.matcher(name).matches()) {
      throw EksErrors.invalidParameter(
          "The name '%s' must match ^[0-9A-Za-z][A-Za-z0-9\\-_]* and have at most 100 characters."
              .formatted(name));
    }
    return name;
  }

  static String nodegroupName(String name) {
    if (!GROUP_NAME.matcher(name).matches()) {
      throw EksErrors.invalidParameter(
          "The nodegroup name '%s' must begin with a letter or digit, have only letters, digits, '-'"
                  .formatted(name)
              + " and '_', and at most 63 characters.");
    }
    return name;
  }

  static Map<String, String> tags(@Nullable Map<String, String> tags) {
    if (tags == null) {
      return Map.of();
    }
    if (tags.size() > MOST_TAGS) {
      throw EksErrors.invalidParameter("At most " + MOST_TAGS + " tags are allowed.");
    }
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > 128 || value.length() > 256) {
            throw EksErrors.invalidParameter("The tag '" + key + "' is too long or empty.");
          }
          if (key.startsWith("aws:")) {
            throw EksErrors.invalidParameter("Tag keys must not begin with aws: " + key);
          }
        });
    return tags;
  }

  String role(String arn, String member) {
    if (roles.byArn(arn).isEmpty()) {
      throw EksErrors.invalidParameter(
          "Role with arn: %s, specified in %s, could not be assumed because it does not exist or the"
                  .formatted(arn, member)
              + " trusted entity is not correct");
    }
    return arn;
  }

  List<String> subnets(List<String> ids, boolean twoZones) {
    for (String id : ids) {
      if (network.subnet(id).isEmpty()) {
        throw EksErrors.invalidParameter("The subnet ID '" + id + "' does not exist");
      }
    }
    long zones =
        ids.stream()
            .flatMap(id -> network.subnet(id).stream())
            .map(s -> s.zone())
            .distinct()
            .count();
    if (ids.isEmpty()) {
      throw EksErrors.invalidParameter("Subnets must not be empty");
    }
    if (twoZones && zones < 2) {
      throw EksErrors.invalidParameter("Subnets specified must be in at least two different AZs");
    }
    return List.copyOf(ids);
  }

  List<String> securityGroups(@Nullable List<String> ids) {
    if (ids == null) {
      return List.of();
    }
    for (String id : ids) {
      if (!id.equals(network.securityGroupId())) {
        throw EksErrors.invalidParameter("The security group '" + id + "' does not exist");
      }
    }
    return List.copyOf(ids);
  }

  List<String> zones(List<String> subnetIds) {
    return subnetIds.stream()
        .flatMap(id -> network.subnet(id).stream())
        .map(Network.Subnet::zone)
        .distinct()
        .sorted()
        .toList();
  }

  String vpcId() {
    return network.vpcId();
  }

  static String oneOf(String value, String member, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw EksErrors.invalidParameter(
          "The value '%s' of %s is none of %s".formatted(value, member, allowed));
    }
    return value;
  }
}
