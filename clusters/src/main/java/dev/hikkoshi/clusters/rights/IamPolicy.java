package dev.hikkoshi.clusters.rights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.rights.AwsRight.Scope;
import dev.hikkoshi.environments.desired.Desired.Mode;
import dev.hikkoshi.environments.port.EksGateway;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An IAM policy made of the table: for the role that the controller runs as, or for a role in an
 * account that owns zones and load balancers.
 */
public final class IamPolicy {

  private static final Set<String> TRAFFIC =
      Set.of("route53", "elasticloadbalancing", "cloudwatch");
  private static final String OUR_TAG = "aws:ResourceTag/" + EksGateway.ENVIRONMENT_TAG;
  private static final String NEW_TAG = "aws:RequestTag/" + EksGateway.ENVIRONMENT_TAG;

  private IamPolicy() {}

  /**
   * Where the policy is for.
   *
   * @param region as in ARNs, or {@code *}
   * @param account twelve digits, or {@code *}
   * @param roles ARNs that routes name; without any nobody is assumed
   * @param keys ARNs of KMS keys that cluster files name; without any none is granted
   * @param templates ids of launch templates that cluster files name; without any nothing is
   *     launched
   */
  public record Place(
      String region,
      String account,
      List<String> roles,
      List<String> keys,
      List<String> templates) {

    public Place {
      roles = List.copyOf(roles);
      keys = List.copyOf(keys);
      templates = List.copyOf(templates);
    }
  }

  /** What the controller's own role needs, as JSON text. */
  public static String controller(Mode mode, Place place) {
    return text(AwsRights.of(mode), place);
  }

  /** What a role that routes name needs in its account, as JSON text. */
  public static String traffic(Mode mode, Place place) {
    return text(
        AwsRights.of(mode).stream().filter(r -> TRAFFIC.contains(r.service())).toList(), place);
  }

  private static String text(List<AwsRight> rights, Place place) {
    Map<Scope, SortedSet<String>> actions = new EnumMap<>(Scope.class);
    rights.forEach(r -> actions.computeIfAbsent(r.scope(), _ -> new TreeSet<>()).add(r.action()));
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    policy.put("Version", "2012-10-17");
    var statements = policy.putArray("Statement");
    actions.forEach(
        (scope, names) -> {
          List<String> resources = resources(scope, place);
          if (!resources.isEmpty()) {
            ObjectNode statement = statements.addObject();
            statement.put("Sid", sid(scope)).put("Effect", "Allow");
            names.forEach(statement.putArray("Action")::add);
            resources.forEach(statement.putArray("Resource")::add);
            condition(scope, place).ifPresent(c -> statement.set("Condition", c));
          }
        });
    return pretty(policy);
  }

  private static List<String> resources(Scope scope, Place place) {
    return switch (scope) {
      case EVERYTHING, NEW_BALANCER_PARTS -> List.of("*");
      case NAMED_ROLES -> place.roles();
      case NAMED_KEYS -> place.keys();
      case NAMED_TEMPLATES, NEW_INSTANCES, TEMPLATES ->
          place.templates().isEmpty() ? List.of() : List.of("*");
      case CLUSTERS,
          CLUSTERS_AND_PARTS,
          OUR_CLUSTERS,
          NODEGROUPS,
          OUR_NODEGROUPS,
          OUR_CLUSTERS_AND_NODES,
          ADDONS,
          ACCESS_ENTRIES,
          POD_IDENTITIES,
          TAGGED_CLUSTERS,
          ZONES,
          CHANGES,
          LISTENERS,
          RULES,
          GROUPS,
          OUR_GROUPS,
          PASSED_ROLES,
          ROLES,
          NODEGROUP_SERVICE_ROLE ->
          scope.resources().stream().map(r -> arn(r, place)).toList();
    };
  }

  private static String arn(String resource, Place place) {
    return "arn:aws:"
        + resource.replace("REGION", place.region()).replace("ACCOUNT", place.account());
  }

  private static Optional<ObjectNode> condition(Scope scope, Place place) {
    return switch (scope) {
      case OUR_CLUSTERS, OUR_NODEGROUPS, OUR_CLUSTERS_AND_NODES, OUR_GROUPS ->
          Optional.of(one("Null", OUR_TAG, "false"));
      case TAGGED_CLUSTERS -> Optional.of(one("Null", NEW_TAG, "false"));
      case NEW_BALANCER_PARTS -> {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition
            .putObject("StringEquals")
            .putArray("elasticloadbalancing:CreateAction")
            .add("CreateTargetGroup")
            .add("CreateRule");
        yield Optional.of(condition);
      }
      case NAMED_TEMPLATES -> {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        var arns = condition.putObject("ArnLike").putArray("ec2:LaunchTemplate");
        place.templates().stream()
            .map(id -> "ec2:REGION:ACCOUNT:launch-template/" + id)
            .map(resource -> arn(resource, place))
            .forEach(arns::add);
        yield Optional.of(condition);
      }
      case NEW_INSTANCES -> Optional.of(one("StringEquals", "ec2:CreateAction", "RunInstances"));
      case PASSED_ROLES -> {
        ObjectNode condition = JsonNodeFactory.instance.objectNode();
        condition
            .putObject("StringEquals")
            .putArray("iam:PassedToService")
            .add("eks.amazonaws.com")
            .add("pods.eks.amazonaws.com");
        yield Optional.of(condition);
      }
      case EVERYTHING,
          CLUSTERS,
          NODEGROUPS,
          CLUSTERS_AND_PARTS,
          ADDONS,
          ACCESS_ENTRIES,
          POD_IDENTITIES,
          ZONES,
          CHANGES,
          LISTENERS,
          RULES,
          GROUPS,
          ROLES,
          NODEGROUP_SERVICE_ROLE,
          NAMED_ROLES,
          NAMED_KEYS,
          TEMPLATES ->
          Optional.empty();
    };
  }

  private static ObjectNode one(String operator, String key, String value) {
    ObjectNode condition = JsonNodeFactory.instance.objectNode();
    condition.putObject(operator).put(key, value);
    return condition;
  }

  /** Letters only, as IAM wants it. */
  private static String sid(Scope scope) {
    StringBuilder sid = new StringBuilder();
    for (String word : scope.name().split("_", -1)) {
      sid.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return sid.toString();
  }

  private static String pretty(ObjectNode policy) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try {
      return new JsonMapper().writer(printer).writeValueAsString(policy) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always writable", e);
    }
  }
}
