package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers of the operations on access entries and their policies. */
final class AccessAnswers {

  private final EksStore store;
  private final AccessOperations access;

  AccessAnswers(EksStore store, AccessOperations access) {
    this.store = store;
    this.access = access;
  }

  ObjectNode answer(AwsRequest request, String operation, Map<String, String> path) {
    String cluster = path.getOrDefault("name", "");
    String principal = path.getOrDefault("principalArn", "");
    ObjectNode out = Views.object();
    switch (operation) {
      case "CreateAccessEntry" -> {
        var entry =
            access.create(cluster, Requests.read(request, Requests.CreateAccessEntry.class));
        out.set("accessEntry", Views.accessEntry(store.need(cluster), entry));
      }
      case "DescribeAccessEntry" -> {
        ClusterDoc doc = access.needEntries(cluster);
        out.set("accessEntry", Views.accessEntry(doc, AccessOperations.need(doc, principal)));
      }
      case "ListAccessEntries" -> {
        Optional<String> policy = request.query("associatedPolicyArn");
        List<String> principals =
            access.needEntries(cluster).entries().values().stream()
                .filter(e -> policy.isEmpty() || e.policies().containsKey(policy.get()))
                .map(AccessEntryDoc::principalArn)
                .sorted()
                .toList();
        return Pages.answer("accessEntries", Pages.of(request, principals));
      }
      case "UpdateAccessEntry" -> {
        var entry =
            access.update(
                cluster, principal, Requests.read(request, Requests.UpdateAccessEntry.class));
        out.set("accessEntry", Views.accessEntry(store.need(cluster), entry));
      }
      case "DeleteAccessEntry" -> access.delete(cluster, principal);
      case "AssociateAccessPolicy" -> {
        var policy =
            access.associate(
                cluster, principal, Requests.read(request, Requests.AssociateAccessPolicy.class));
        out.put("clusterName", cluster).put("principalArn", principal);
        out.set("associatedAccessPolicy", Views.policy(policy));
      }
      case "ListAssociatedAccessPolicies" -> {
        var entry = AccessOperations.need(access.needEntries(cluster), principal);
        out.put("clusterName", cluster).put("principalArn", principal);
        ArrayNode policies = out.putArray("associatedAccessPolicies");
        new TreeMap<>(entry.policies()).values().forEach(p -> policies.add(Views.policy(p)));
      }
      case "DisassociateAccessPolicy" ->
          access.disassociate(cluster, principal, path.getOrDefault("policyArn", ""));
      default -> throw new IllegalStateException(operation);
    }
    return out;
  }
}
