package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Where two trees differ, as JSON pointers and never as values: they may be secrets. */
final class Differences {

  private static final int SHOWN = 5;

  private Differences() {}

  static List<String> between(JsonNode one, JsonNode other) {
    List<String> found = new ArrayList<>();
    compare("", one, other, found);
    return shown(found);
  }

  /**
   * What a live object lacks of what is wanted, told without the API server's help: fields that
   * only the live object has may be defaults and count as right, quantities count by their amount.
   */
  static List<String> lacking(JsonNode wanted, JsonNode live) {
    List<String> found = new ArrayList<>();
    lack("", wanted, live, found);
    // A Secret's plain texts are taken by the server and never answered; status is not ours.
    found.removeIf(at -> at.startsWith("/stringData") || at.startsWith("/status"));
    return shown(found);
  }

  private static List<String> shown(List<String> found) {
    if (found.size() <= SHOWN) {
      return List.copyOf(found);
    }
    List<String> shown = new ArrayList<>(found.subList(0, SHOWN));
    shown.add("and %d more".formatted(found.size() - SHOWN));
    return List.copyOf(shown);
  }

  private static void lack(String at, JsonNode wanted, JsonNode live, List<String> found) {
    if (wanted.isObject() && live.isObject()) {
      wanted
          .fields()
          .forEachRemaining(
              field ->
                  lack(
                      below(at, field.getKey()),
                      field.getValue(),
                      live.path(field.getKey()),
                      found));
    } else if (wanted.isArray() && live.isArray() && wanted.size() == live.size()) {
      for (int i = 0; i < wanted.size(); i++) {
        lack(at + "/" + i, wanted.get(i), live.get(i), found);
      }
    } else if (!same(wanted, live)) {
      found.add(at);
    }
  }

  /** Null and an empty collection ask for nothing. */
  private static boolean same(JsonNode wanted, JsonNode live) {
    boolean empty = wanted.isContainerNode() && wanted.isEmpty();
    if (wanted.isNull() || empty && live.isMissingNode() || wanted.equals(live)) {
      return true;
    }
    if (!wanted.isValueNode() || !live.isValueNode()) {
      return false;
    }
    Optional<BigDecimal> one = amount(wanted);
    return wanted.asText().equals(live.asText()) || one.isPresent() && one.equals(amount(live));
  }

  private static Optional<BigDecimal> amount(JsonNode value) {
    try {
      return Optional.of(
          Quantity.getAmountInBytes(new Quantity(value.asText())).stripTrailingZeros());
    } catch (IllegalArgumentException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static String below(String at, String name) {
    return at + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static void compare(String at, JsonNode one, JsonNode other, List<String> found) {
    if (one.isObject() && other.isObject()) {
      Set<String> names = new TreeSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(below(at, name), one.path(name), other.path(name), found);
      }
    } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
      for (int i = 0; i < one.size(); i++) {
        compare(at + "/" + i, one.get(i), other.get(i), found);
      }
    } else if (!one.equals(other)) {
      found.add(at);
    }
  }
}
