package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.port.EksGateway;
import dev.hikkoshi.environments.reading.Shape;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How AWS writes its names. Forms are EKS's, EC2's and IAM's own patterns. */
final class Aws {

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+){1,2}-[0-9]{1,2}");
  private static final Pattern SUBNET = Pattern.compile("subnet-[0-9a-z]{1,40}");
  private static final Pattern GROUP = Pattern.compile("sg-[0-9a-z]{1,40}");
  private static final Pattern NETWORK = Pattern.compile("vpc-[0-9a-z]{1,40}");
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws[a-z-]{0,20}:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}");
  private static final Pattern ROLE_NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
  private static final Pattern PRINCIPAL =
      Pattern.compile("arn:aws[a-z-]{0,20}:iam::[0-9]{12}:(role|user)/[\\w+=,.@/-]{1,512}");
  private static final Pattern POLICY =
      Pattern.compile("arn:aws[a-z-]{0,20}:eks::aws:cluster-access-policy/[A-Za-z0-9]{1,128}");
  private static final Pattern KEY_ARN =
      Pattern.compile(
          "arn:aws[a-z-]{0,20}:kms:([a-z0-9-]{1,40}):[0-9]{12}:key/[A-Za-z0-9-]{1,128}");
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern CIDR =
      Pattern.compile("(" + OCTET + "\\.){3}" + OCTET + "/(3[0-2]|[12]?[0-9])");
  private static final Pattern TAG_KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}");
  private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,256}");

  private Aws() {}

  static Type<String> account() {
    return Types.text(ACCOUNT, "an account: twelve digits in quotes");
  }

  static Type<String> region() {
    return Types.text(REGION, "a region, for example ap-northeast-1");
  }

  static Type<String> subnetId() {
    return Types.text(SUBNET, "a subnet's id");
  }

  static Type<String> securityGroupId() {
    return Types.text(GROUP, "a security group's id");
  }

  static Type<String> vpcId() {
    return Types.text(NETWORK, "a VPC's id");
  }

  static Type<String> cidr() {
    return Types.text(CIDR, "a block of IPv4 addresses, for example 10.0.0.0/16");
  }

  static Type<String> roleArn() {
    return Types.text(ROLE_ARN, "a role's ARN");
  }

  static Type<String> principalArn() {
    return Types.text(PRINCIPAL, "the ARN of a role or a user");
  }

  static Type<String> accessPolicyArn() {
    return Types.text(POLICY, "the ARN of a cluster access policy");
  }

  /** A role's ARN, or its name in the environment's account. */
  static Type<String> role(String account, String region) {
    return Types.text()
        .then(
            (text, node, problems) -> {
              if (ROLE_ARN.matcher(text).matches()) {
                return Optional.of(text);
              }
              if (ROLE_NAME.matcher(text).matches()) {
                return Optional.of(
                    "arn:" + partition(region) + ":iam::" + account + ":role/" + text);
              }
              problems.add(node.place(), "\"" + text + "\" is neither a role's ARN nor its name");
              return Optional.empty();
            });
  }

  /**
   * A KMS key's ARN. EKS takes one of the cluster's own region; it would take an alias too, which
   * may lead to another key by the time the next cluster is built.
   */
  static Type<String> keyArn(String region) {
    return Types.text()
        .then(
            (text, node, problems) -> {
              Matcher arn = KEY_ARN.matcher(text);
              if (!arn.matches()) {
                boolean alias = text.startsWith("alias/") || text.contains(":alias/");
                problems.add(
                    node.place(),
                    "\"" + text + "\" is " + (alias ? "an alias" : "not the ARN of a KMS key"),
                    (alias ? "it may lead to another key tomorrow; name the key itself: " : "")
                        + "arn:aws:kms:<region>:<account>:key/<id>");
                return Optional.empty();
              }
              if (!region.isEmpty() && !arn.group(1).equals(region)) {
                problems.add(
                    node.place(),
                    "the key is in " + arn.group(1),
                    "EKS takes one in the region of the cluster, " + region);
                return Optional.empty();
              }
              return Optional.of(text);
            })
        .shaped(() -> new Shape.Text(false, Optional.of(KEY_ARN.pattern()), List.of()));
  }

  private static String partition(String region) {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }

  /** Tags of a user's own: AWS's and ours are not theirs to set. */
  static Type<Map<String, String>> tags() {
    Type<String> key =
        Types.text(TAG_KEY, "a tag's key")
            .then(
                (text, node, problems) -> {
                  boolean reserved =
                      text.startsWith("aws:")
                          || text.equals(EksGateway.ENVIRONMENT_TAG)
                          || text.equals(EksGateway.NUMBER_TAG);
                  if (reserved) {
                    problems.add(node.place(), "the tag " + text + " is set by others");
                  }
                  return reserved ? Optional.empty() : Optional.of(text);
                });
    return Types.map(key, Types.text(TAG_VALUE, "a tag's value"));
  }
}
