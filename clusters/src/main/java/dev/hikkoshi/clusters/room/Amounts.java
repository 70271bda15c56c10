package dev.hikkoshi.clusters.room;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Amounts of resources by name, in cores, bytes and pieces. */
record Amounts(Map<String, BigDecimal> of) {

  static final Amounts NONE = new Amounts(Map.of());

  Amounts {
    of = new TreeMap<>(of);
  }

  /**
   * A map of quantities as Kubernetes writes it.
   *
   * @throws IllegalArgumentException for what is no quantity
   */
  static Amounts read(JsonNode quantities) {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    quantities
        .properties()
        .forEach(
            q ->
                amounts.put(
                    q.getKey(), Quantity.getAmountInBytes(Quantity.parse(q.getValue().asText()))));
    return new Amounts(amounts);
  }

  Amounts plus(Amounts other) {
    Map<String, BigDecimal> sum = new TreeMap<>(of);
    other.of.forEach((name, amount) -> sum.merge(name, amount, BigDecimal::add));
    return new Amounts(sum);
  }

  Amounts minus(Amounts other) {
    Map<String, BigDecimal> left = new TreeMap<>(of);
    other.of.forEach((name, amount) -> left.merge(name, amount.negate(), BigDecimal::add));
    return new Amounts(left);
  }

  /** Of each resource the larger. */
  Amounts most(Amounts other) {
    Map<String, BigDecimal> most = new TreeMap<>(of);
    other.of.forEach((name, amount) -> most.merge(name, amount, BigDecimal::max));
    return new Amounts(most);
  }

  /** The first resource of which less is here than is wanted; empty when all is here. */
  Optional<String> lacking(Amounts wanted) {
    return wanted.of.entrySet().stream()
        .filter(w -> w.getValue().signum() > 0)
        .filter(w -> of.getOrDefault(w.getKey(), BigDecimal.ZERO).compareTo(w.getValue()) < 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  BigDecimal get(String resource) {
    return of.getOrDefault(resource, BigDecimal.ZERO);
  }
}
