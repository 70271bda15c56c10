package dev.hikkoshi.clusters.elb;

import dev.hikkoshi.environments.port.BalancerGateway;
import dev.hikkoshi.environments.port.EksGateway;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Names and tags of target groups of ours. A name is unique in an account and region and has 32
 * letters, digits and hyphens at most (CreateTargetGroup), so it holds hashes: {@code
 * hk-ROUTE-cluster-HASH}. All groups of a route begin alike, which finds them without asking for
 * the tags of every group of the region; whose they are, only the tags say.
 */
final class GroupNames {

  static final String ENVIRONMENT = EksGateway.ENVIRONMENT_TAG;
  static final String ROUTE = "hikkoshi.dev/route";
  static final String CLUSTER = "hikkoshi.dev/cluster";

  /** Every tag that {@link #tags} gives. */
  static final List<String> KEYS = List.of(ENVIRONMENT, ROUTE, CLUSTER);

  private static final int ROUTE_HASH = 8;
  private static final int CLUSTER_HASH = 6;
  private static final int READABLE = 13;

  private GroupNames() {}

  static String prefix(BalancerGateway.Rule rule) {
    return prefix(rule.environment(), rule.route());
  }

  private static String prefix(String environment, String route) {
    return "hk-" + hash(environment + "\n" + route, ROUTE_HASH) + "-";
  }

  /** Whether a name begins as those of the route do, under the environment's former name too. */
  static boolean mayBe(BalancerGateway.Rule rule, String name) {
    return name.startsWith(prefix(rule))
        || rule.formerly().filter(f -> name.startsWith(prefix(f, rule.route()))).isPresent();
  }

  static String of(BalancerGateway.Rule rule, String cluster) {
    String plain = cluster.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String end = plain.substring(Math.max(0, plain.length() - READABLE));
    String readable = end.replaceAll("^-|-$", "");
    return prefix(rule) + (readable + "-" + hash(cluster, CLUSTER_HASH)).replaceAll("^-", "");
  }

  static Map<String, String> tags(BalancerGateway.Rule rule, String cluster) {
    return Map.of(ENVIRONMENT, rule.environment(), ROUTE, rule.route(), CLUSTER, cluster);
  }

  /** Tagged as this route's. */
  static boolean ours(BalancerGateway.Rule rule, Map<String, String> tags) {
    String environment = tags.get(ENVIRONMENT);
    boolean own =
        rule.environment().equals(environment)
            || rule.formerly().filter(f -> f.equals(environment)).isPresent();
    return own && rule.route().equals(tags.get(ROUTE));
  }

  private static String hash(String text, int length) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
