package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** ARNs, DNS names and the rules for names. */
final class Names {

  private static final Pattern CHARACTERS = Pattern.compile("[a-zA-Z0-9-]+");

  /**
   * "Elastic Load Balancing endpoints and quotas": Route 53 zones of application load balancers.
   */
  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("us-east-1", "Z35SXDOTRQ7X7K"),
          Map.entry("us-east-2", "Z3AADJGX6KTTL2"),
          Map.entry("us-west-1", "Z368ELLRRE2KJ0"),
          Map.entry("us-west-2", "Z1H1FL5HABSF5"),
          Map.entry("ap-northeast-1", "Z14GRHDCWA56QT"),
          Map.entry("ap-northeast-2", "ZWKZPGTI48KDX"),
          Map.entry("ap-northeast-3", "Z5LXEXXYW11ES"),
          Map.entry("ap-south-1", "ZP97RAFLXTNZK"),
          Map.entry("ap-southeast-1", "Z1LMS91P8CMLE5"),
          Map.entry("ap-southeast-2", "Z1GM3OXH4ZPM65"),
          Map.entry("ca-central-1", "ZQSVJUPU6J1EY"),
          Map.entry("eu-central-1", "Z215JYRZR1TBD5"),
          Map.entry("eu-north-1", "Z23TAZ6LKFMNIO"),
          Map.entry("eu-west-1", "Z32O12XQLNTSW2"),
          Map.entry("eu-west-2", "ZHURV8PSTC4K8"),
          Map.entry("eu-west-3", "Z3Q77PNBQS71R4"),
          Map.entry("sa-east-1", "Z2P70J7HTTTPLU"));

  private final String prefix;
  private final String region;
  private final RandomGenerator random;

  Names(String region, String accountId, RandomGenerator random) {
    this.prefix = "arn:aws:elasticloadbalancing:%s:%s:".formatted(region, accountId);
    this.region = region;
    this.random = random;
  }

  /** The zone that aliases to load balancers of the region name. */
  static String hostedZone(String region) {
    return ZONES.getOrDefault(region, "Z0SANDBOXALB0000000");
  }

  String loadBalancer(String name) {
    return prefix + "loadbalancer/app/" + name + "/" + id();
  }

  String listener(String loadBalancerArn) {
    return loadBalancerArn.replace(":loadbalancer/", ":listener/") + "/" + id();
  }

  String rule(String listenerArn) {
    return listenerArn.replace(":listener/", ":listener-rule/") + "/" + id();
  }

  String group(String name) {
    return prefix + "targetgroup/" + name + "/" + id();
  }

  String dns(String name, boolean internal) {
    long number = random.nextLong(100_000_000L, 2_000_000_000L);
    return "%s%s-%d.%s.elb.amazonaws.com"
        .formatted(internal ? "internal-" : "", name, number, region);
  }

  private String id() {
    return "%016x".formatted(random.nextLong());
  }

  /** Refuses what AWS refuses in names; {@code kind} as AWS writes it. */
  static void check(String kind, String name) {
    if (!CHARACTERS.matcher(name).matches()) {
      throw invalid(
          "The %s name '%s' can only contain characters that are alphanumeric characters and hyphens(-)"
              .formatted(kind, name));
    }
    if (name.length() > 32) {
      throw invalid("The %s name '%s' cannot be longer than '32' characters".formatted(kind, name));
    }
    if (name.startsWith("-") || name.endsWith("-")) {
      throw invalid("The %s name '%s' cannot begin or end with a hyphen(-)".formatted(kind, name));
    }
    if (kind.equals("load balancer") && name.startsWith("internal-")) {
      throw invalid("The load balancer name '%s' cannot begin with 'internal-'".formatted(name));
    }
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "ValidationError", message);
  }
}
