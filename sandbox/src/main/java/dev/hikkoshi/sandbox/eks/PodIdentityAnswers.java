package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import java.util.Map;

/** Answers of the operations on Pod Identity associations. */
final class PodIdentityAnswers {

  private final PodIdentityOperations operations;

  PodIdentityAnswers(PodIdentityOperations operations) {
    this.operations = operations;
  }

  ObjectNode answer(AwsRequest request, String operation, Map<String, String> path) {
    String cluster = path.getOrDefault("name", "");
    String id = path.getOrDefault("associationId", "");
    PodIdentityDoc association =
        switch (operation) {
          case "CreatePodIdentityAssociation" ->
              operations.create(
                  cluster, Requests.read(request, Requests.CreatePodIdentityAssociation.class));
          case "UpdatePodIdentityAssociation" ->
              operations.update(
                  cluster, id, Requests.read(request, Requests.UpdatePodIdentityAssociation.class));
          case "DeletePodIdentityAssociation" -> operations.delete(cluster, id);
          default -> operations.need(cluster, id);
        };
    ObjectNode out = Views.object();
    out.set("association", Views.podIdentity(cluster, association));
    return out;
  }

  /** Without roles: the list of EKS has none (PodIdentityAssociationSummary). */
  ObjectNode list(AwsRequest request, String cluster) {
    var all = operations.list(cluster, request.query("namespace"), request.query("serviceAccount"));
    var page = Pages.of(request, all.stream().map(PodIdentityDoc::id).toList());
    ObjectNode out = Pages.answer("associations", page);
    ArrayNode summaries = out.putArray("associations");
    all.stream()
        .filter(p -> page.items().contains(p.id()))
        .forEach(p -> summaries.add(Views.podIdentitySummary(cluster, p)));
    return out;
  }
}
