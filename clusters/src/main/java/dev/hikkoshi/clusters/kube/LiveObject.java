package dev.hikkoshi.clusters.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One object as the API server last told it. The tree is shared: do not change it. */
public final class LiveObject {

  private final ObjectKey key;
  private final long resourceVersion;
  private final ObjectNode tree;
  private volatile @Nullable String asked;

  private LiveObject(ObjectNode tree) {
    this.key = ObjectKey.of(tree);
    this.tree = tree;
    this.resourceVersion = number(tree.at("/metadata/resourceVersion").asText());
  }

  public static LiveObject of(ObjectNode tree) {
    return new LiveObject(tree);
  }

  public ObjectKey key() {
    return key;
  }

  public ObjectNode tree() {
    return tree;
  }

  public String uid() {
    return tree.at("/metadata/uid").asText();
  }

  /** 0 where a server's versions are no numbers. */
  public long resourceVersion() {
    return resourceVersion;
  }

  /** Equal as long as nobody changed what was asked for: status and bookkeeping are left out. */
  public String asked() {
    String known = asked;
    if (known == null) {
      known = fingerprint(tree);
      asked = known;
    }
    return known;
  }

  public JsonNode at(String pointer) {
    return tree.at(pointer);
  }

  public Optional<String> annotation(String name) {
    return Optional.ofNullable(at("/metadata/annotations").get(name)).map(JsonNode::asText);
  }

  public Optional<String> label(String name) {
    return Optional.ofNullable(at("/metadata/labels").get(name)).map(JsonNode::asText);
  }

  static long number(String resourceVersion) {
    try {
      return Long.parseUnsignedLong(resourceVersion);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static String fingerprint(ObjectNode tree) {
    return Trees.hash(Trees.canonical(withoutBookkeeping(tree)));
  }

  /** What somebody asked for, without what the server and controllers write beside it. */
  public static ObjectNode withoutBookkeeping(ObjectNode tree) {
    ObjectNode copy = tree.deepCopy();
    copy.remove("status");
    if (copy.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of("resourceVersion", "managedFields", "generation", "selfLink"));
    }
    return copy;
  }
}
