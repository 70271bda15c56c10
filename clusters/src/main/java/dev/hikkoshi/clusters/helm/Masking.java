package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/** Text without what stands in Secrets, and without control characters. */
final class Masking {

  /** Shorter values occur everywhere by chance. */
  private static final int SHORTEST = 4;

  private static final String MASK = "***";

  /** The longest first, because one value may be a part of another. */
  private final Set<String> hidden =
      new TreeSet<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  Masking(Collection<? extends JsonNode> secrets) {
    secrets.forEach(this::add);
  }

  /** Hides every value of a Secret: whole, line by line, and as it is encoded. */
  void add(JsonNode secret) {
    secret.path("stringData").forEach(value -> hide(value.asText()));
    for (JsonNode value : secret.path("data")) {
      hide(value.asText());
      try {
        byte[] decoded = Base64.getDecoder().decode(value.asText());
        hide(new String(decoded, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException _) {
        // No base64: the server would have refused it, so nothing is in the cluster.
      }
    }
  }

  String mask(String text) {
    String masked = text;
    for (String value : hidden) {
      masked = masked.replace(value, MASK);
    }
    return masked.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
  }

  private void hide(String value) {
    add(value.strip());
    value.lines().map(String::strip).forEach(this::add);
  }

  private void add(String value) {
    if (value.length() >= SHORTEST) {
      hidden.add(value);
    }
  }
}
