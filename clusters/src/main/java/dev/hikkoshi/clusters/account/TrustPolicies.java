package dev.hikkoshi.clusters.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.environments.check.doctor.RoleTrust;
import dev.hikkoshi.environments.check.doctor.RoleTrust.Federated;
import dev.hikkoshi.environments.observed.Observation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trust policies as IAM writes them: URL-encoded JSON, in which one thing may stand where a list
 * may (IAM user guide, grammar of the JSON policy language).
 */
final class TrustPolicies {

  private static final String POD_IDENTITY = "pods.eks.amazonaws.com";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TrustPolicies() {}

  static Observation<RoleTrust> read(String encoded) {
    String text = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    try {
      return Observation.known(of(JSON.readTree(text)));
    } catch (JsonProcessingException e) {
      return Observation.unknown("trust policy", "it is no JSON: " + e.getOriginalMessage());
    }
  }

  private static RoleTrust of(JsonNode policy) {
    List<Federated> federated = new ArrayList<>();
    boolean pods = false;
    for (JsonNode statement : each(policy.path("Statement"))) {
      if (!statement.path("Effect").asText().equals("Allow")) {
        continue;
      }
      JsonNode principal = statement.path("Principal");
      pods |= texts(principal.path("Service")).contains(POD_IDENTITY);
      for (String provider : texts(principal.path("Federated"))) {
        AccountLooks.issuer(provider)
            .ifPresent(issuer -> federated.add(new Federated(issuer, subjects(statement, issuer))));
      }
    }
    return new RoleTrust(federated, pods, policy.toString().length());
  }

  /** Patterns for {@code sub}; empty where the statement does not look at it. */
  private static Optional<List<String>> subjects(JsonNode statement, String issuer) {
    String key = issuer.substring("https://".length()) + ":sub";
    List<String> all = new ArrayList<>();
    for (String operator : List.of("StringEquals", "StringLike")) {
      all.addAll(texts(statement.path("Condition").path(operator).path(key)));
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static Iterable<JsonNode> each(JsonNode node) {
    return node.isArray() ? node : List.of(node);
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    each(node).forEach(n -> texts.add(n.asText()));
    texts.removeIf(String::isEmpty);
    return texts;
  }
}
