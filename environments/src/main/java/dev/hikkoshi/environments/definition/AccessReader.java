package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.port.EksGateway.AccessEntrySpec;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code accessConfig} of a cluster file. */
final class AccessReader {

  private static final String PATH = "accessConfig";

  private AccessReader() {}

  /** Who may enter, and how EKS decides it. */
  record Access(String mode, List<AccessEntrySpec> entries) {

    /** What EKS and eksctl take when nothing is said. */
    static final Access NONE = new Access("API_AND_CONFIG_MAP", List.of());
  }

  static Optional<Access> access(Fields fields) {
    Map<String, String> modes = new LinkedHashMap<>();
    modes.put("API", "API");
    modes.put("API_AND_CONFIG_MAP", "API_AND_CONFIG_MAP");
    String mode = fields.get("authenticationMode", Types.oneOf(modes), Access.NONE.mode());
    if (!fields.get("bootstrapClusterCreatorAdminPermissions", Types.bool(), true)) {
      fields.problem(
          "bootstrapClusterCreatorAdminPermissions",
          "refused: false",
          "Hikkoshi has to enter the cluster that it made");
    }
    List<AccessEntrySpec> entries =
        fields.get(
            "accessEntries",
            Types.listBy(
                Fields.object(AccessReader::entry), "the entry", AccessEntrySpec::principalArn),
            List.of());
    ClusterFields.refuse(fields, PATH);
    return fields.make(() -> new Access(mode, entries));
  }

  private static Optional<AccessEntrySpec> entry(Fields fields) {
    var principal = fields.need("principalARN", Aws.principalArn(), "who may enter");
    fields.get(
        "type",
        Types.text()
            .then(
                (type, node, problems) -> {
                  if (type.equals("STANDARD")) {
                    return Optional.of(type);
                  }
                  problems.add(node.place(), "not yet: entries of type " + type, "STANDARD");
                  return Optional.empty();
                }));
    List<String> groups = fields.get("kubernetesGroups", Types.list(Types.text()), List.of());
    List<String> policies =
        fields.get(
            "accessPolicies",
            Types.listBy(Fields.object(AccessReader::policy), "the policy", arn -> arn),
            List.of());
    ClusterFields.refuse(fields, PATH + ".accessEntries[]");
    return fields.make(
        () -> {
          String arn = principal.orElseThrow();
          return new AccessEntrySpec(arn, groups, policies);
        });
  }

  private static Optional<String> policy(Fields fields) {
    var arn = fields.need("policyARN", Aws.accessPolicyArn(), "the ARN of an access policy");
    fields.get("accessScope", Fields.object(AccessReader::scope));
    return fields.make(arn::orElseThrow);
  }

  private static Optional<String> scope(Fields fields) {
    var type =
        fields.need(
            "type",
            Types.text()
                .then(
                    (word, node, problems) -> {
                      if (word.equals("cluster")) {
                        return Optional.of(word);
                      }
                      problems.add(node.place(), "not yet: scope " + word, "cluster");
                      return Optional.empty();
                    }),
            "type: cluster");
    ClusterFields.refuse(fields, PATH + ".accessEntries[].accessPolicies[].accessScope");
    return fields.make(type::orElseThrow);
  }
}
