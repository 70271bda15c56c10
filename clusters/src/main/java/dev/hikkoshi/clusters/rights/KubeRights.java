package dev.hikkoshi.clusters.rights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.hikkoshi.environments.desired.Desired.Mode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Kubernetes rights as manifests: in target clusters for each mode, and in the management cluster.
 */
public final class KubeRights {

  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final String OURS = "hikkoshi.dev";
  private static final String NAME = "hikkoshi";

  /**
   * One rule.
   *
   * @param groups API groups; the empty text is the core
   * @param names of objects; empty for all
   * @param why told beside it
   */
  private record Rule(
      List<String> groups,
      List<String> resources,
      List<String> names,
      List<String> verbs,
      String why) {

    static Rule of(String group, String resources, String verbs, String why) {
      return new Rule(
          List.of(group),
          List.of(resources.split(" ", -1)),
          List.of(),
          List.of(verbs.split(" ", -1)),
          why);
    }

    Rule only(String... which) {
      return new Rule(groups, resources, List.of(which), verbs, why);
    }
  }

  private static final List<Rule> READ =
      List.of(
          Rule.of(
              "*",
              "*",
              "get list watch",
              "charts may hold objects of any kind, Helm's records are Secrets, and a chart's"
                  + " lookup may ask for anything"));

  private static final List<Rule> WRITE =
      List.of(
          Rule.of(
              "*",
              "*",
              "create update patch delete",
              "what charts hold is applied, pruned and healed, of any kind; Jobs of checks are run"
                  + " and removed"),
          Rule.of(
              RBAC,
              "roles clusterroles",
              "bind escalate",
              "charts bring roles that may do more than we may"));

  private static final List<Rule> MANAGEMENT =
      List.of(
          Rule.of(OURS, "environments clusters moves", "get list create update", "our objects"),
          Rule.of(
              OURS,
              "environments clusters moves",
              "delete",
              "what was handed over goes, and all but the newest moves"),
          Rule.of(
              OURS,
              "environments/status clusters/status moves/status",
              "update",
              "what is remembered and what people are shown"),
          Rule.of(OURS, "freezes", "get list", "whether everything is frozen"),
          Rule.of("coordination.k8s.io", "leases", "get create update", "who writes"),
          Rule.of(
              "",
              "configmaps",
              "get create update",
              "older entries of a move's journal, and what ranges of chart versions came to"),
          Rule.of("", "events", "create", "what people are told"));

  private static final List<Rule> DEFINITIONS =
      List.of(
          Rule.of(
                  "apiextensions.k8s.io",
                  "customresourcedefinitions",
                  "get patch",
                  "our kinds are installed or corrected at the start; not needed with"
                      + " hikkoshi.install-definitions=false")
              .only(
                  "environments.hikkoshi.dev",
                  "clusters.hikkoshi.dev",
                  "moves.hikkoshi.dev",
                  "freezes.hikkoshi.dev"),
          Rule.of(
              "apiextensions.k8s.io",
              "customresourcedefinitions",
              "create",
              "the same, the first time; a creation cannot be bounded to names"));

  private static final List<Rule> PEOPLE =
      List.of(
          Rule.of(OURS, "environments clusters moves", "get list watch", "what people look at"),
          Rule.of(OURS, "environments", "update", "orders are annotations; never status"),
          Rule.of(OURS, "freezes", "get list create update", "freeze and thaw"),
          Rule.of(
              "",
              "configmaps",
              "get",
              "older entries of a move's journal, and what ranges of charts came to"));

  private KubeRights() {}

  /**
   * A ClusterRole for target clusters and its binding to the group {@code hikkoshi:MODE}, which the
   * access entry of the controller's role names.
   */
  public static String target(Mode mode) {
    String word = mode.name().toLowerCase(Locale.ROOT);
    List<Rule> rules =
        switch (mode) {
          case OBSERVE, PLAN -> READ;
          case ACT -> java.util.stream.Stream.concat(READ.stream(), WRITE.stream()).toList();
        };
    return documents(
        role("ClusterRole", NAME + "-" + word, "", rules),
        binding(
            "ClusterRoleBinding",
            NAME + "-" + word,
            "",
            "ClusterRole",
            subject("Group", NAME + ":" + word, "")));
  }

  /**
   * What the controller needs in the management cluster, for a service account of its own.
   *
   * @param namespace where it runs and keeps its objects
   */
  public static String management(String namespace) {
    ObjectNode account = object("v1", "ServiceAccount", NAME, namespace);
    return documents(
        account,
        role("Role", NAME, namespace, MANAGEMENT),
        binding("RoleBinding", NAME, namespace, "Role", subject("ServiceAccount", NAME, namespace)),
        role("ClusterRole", NAME + "-definitions", "", DEFINITIONS),
        binding(
            "ClusterRoleBinding",
            NAME + "-definitions",
            "",
            "ClusterRole",
            subject("ServiceAccount", NAME, namespace)));
  }

  /**
   * What people need in the management cluster to look and to give orders, for the group {@code
   * hikkoshi:people}.
   */
  public static String people(String namespace) {
    return documents(
        role("Role", NAME + "-people", namespace, PEOPLE),
        binding(
            "RoleBinding",
            NAME + "-people",
            namespace,
            "Role",
            subject("Group", NAME + ":people", "")));
  }

  private static ObjectNode role(String kind, String name, String namespace, List<Rule> rules) {
    ObjectNode role = object(RBAC + "/v1", kind, name, namespace);
    role.withObject("/metadata")
        .putObject("annotations")
        .put(
            OURS + "/why",
            rules.stream()
                .map(r -> String.join(",", r.verbs()) + ": " + r.why())
                .collect(Collectors.joining("; ")));
    ArrayNode all = role.putArray("rules");
    for (Rule rule : rules) {
      ObjectNode one = all.addObject();
      rule.groups().forEach(one.putArray("apiGroups")::add);
      rule.resources().forEach(one.putArray("resources")::add);
      if (!rule.names().isEmpty()) {
        rule.names().forEach(one.putArray("resourceNames")::add);
      }
      rule.verbs().forEach(one.putArray("verbs")::add);
    }
    return role;
  }

  private static ObjectNode binding(
      String kind, String name, String namespace, String roleKind, ObjectNode subject) {
    ObjectNode binding = object(RBAC + "/v1", kind, name, namespace);
    binding.putObject("roleRef").put("apiGroup", RBAC).put("kind", roleKind).put("name", name);
    binding.putArray("subjects").add(subject);
    return binding;
  }

  private static ObjectNode subject(String kind, String name, String namespace) {
    ObjectNode subject = JsonNodeFactory.instance.objectNode().put("kind", kind).put("name", name);
    return namespace.isEmpty()
        ? subject.put("apiGroup", RBAC)
        : subject.put("namespace", namespace);
  }

  private static ObjectNode object(String apiVersion, String kind, String name, String namespace) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return object;
  }

  private static String documents(ObjectNode... objects) {
    YAMLMapper yaml =
        YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();
    StringBuilder text = new StringBuilder();
    for (ObjectNode object : objects) {
      try {
        text.append(yaml.writeValueAsString(object));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a tree is always writable", e);
      }
    }
    return text.toString();
  }
}
