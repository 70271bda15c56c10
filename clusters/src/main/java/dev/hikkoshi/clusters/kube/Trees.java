package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** JSON trees: pointers, canonical text, hashes. */
public final class Trees {

  /** Shared by everything that reads or writes trees; it is immutable. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private static final ObjectMapper SORTED =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Trees() {}

  public static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** The tree as maps and lists. */
  public static Map<String, Object> asMap(JsonNode tree) {
    return JSON.convertValue(tree, MAP);
  }

  /** Maps and lists as a tree. */
  public static ObjectNode of(Map<String, ?> map) {
    return JSON.valueToTree(map);
  }

  /** Text that is equal for equal trees, whatever the order of keys. */
  public static String canonical(JsonNode tree) {
    try {
      return SORTED.writeValueAsString(SORTED.treeToValue(tree, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a tree is always writable", e);
    }
  }

  /** Text that is equal for equal trees with their keys in one order; faster than the other. */
  public static String text(JsonNode tree) {
    try {
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a tree is always writable", e);
    }
  }

  /** The first 40 digits of a SHA-256: short enough for a label's value. */
  public static String hash(String text) {
    return hash(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The first 40 digits of a SHA-256. */
  public static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes)).substring(0, 40);
  }

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Puts a value where a pointer leads, if everything above it is there; says whether it was. */
  public static boolean set(JsonNode tree, String pointer, JsonNode value) {
    JsonPointer path = JsonPointer.compile(pointer);
    JsonPointer above = path.head();
    if (above == null) {
      return false;
    }
    JsonPointer last = path.last();
    return switch (tree.at(above)) {
      case ObjectNode parent -> {
        parent.set(last.getMatchingProperty(), value);
        yield true;
      }
      case ArrayNode parent
          when last.getMatchingIndex() >= 0 && last.getMatchingIndex() < parent.size() -> {
        parent.set(last.getMatchingIndex(), value);
        yield true;
      }
      default -> false;
    };
  }

  /** Adds to {@code base} what {@code more} has, key by key; {@code more} wins. */
  public static void merge(ObjectNode base, JsonNode more) {
    more.properties()
        .forEach(
            entry -> {
              if (base.get(entry.getKey()) instanceof ObjectNode below
                  && entry.getValue() instanceof ObjectNode) {
                merge(below, entry.getValue());
              } else {
                base.set(entry.getKey(), entry.getValue().deepCopy());
              }
            });
  }
}
