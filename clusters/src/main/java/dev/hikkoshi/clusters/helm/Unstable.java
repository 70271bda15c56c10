package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.RenderedHook;
import dev.hikkoshi.clusters.render.RenderedObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Fields that come out different at each rendering: generated passwords, certificates, dates. Once
 * in a cluster they stay as they are there, and they are no part of a release's hash; else each
 * pass would make a new password.
 */
final class Unstable {

  /** On our records: which fields were unstable when the revision was rendered. */
  static final String ANNOTATION = "hikkoshi.dev/unstable";

  private static final TypeReference<TreeMap<String, List<String>>> PATHS =
      new TypeReference<>() {};
  private static final Pattern INDEX = Pattern.compile("/\\d+(/|$)");
  private static final String STRING_DATA = "/stringData/";

  /** What an earlier revision recorded of one object. */
  record Recorded(JsonNode object, List<String> unstable) {}

  private Unstable() {}

  /** Objects and hooks alike: a changed migration is a changed release. */
  static List<RenderedObject> all(List<RenderedObject> objects, List<RenderedHook> hooks) {
    List<RenderedObject> all = new ArrayList<>(objects);
    hooks.forEach(h -> all.add(new RenderedObject(h.source(), h.object(), h.unstable())));
    return all;
  }

  /** The annotation's value; pointers by the object's path. */
  static String text(List<RenderedObject> objects) {
    Map<String, List<String>> paths = new TreeMap<>();
    for (RenderedObject object : objects) {
      if (!object.unstable().isEmpty()) {
        paths.put(ObjectKey.of(object.object()).path(), object.unstable());
      }
    }
    return Trees.JSON.valueToTree(paths).toString();
  }

  /** What a record of ours says of its objects, by path. */
  static Map<String, Recorded> recorded(LiveObject secret, List<RenderedObject> objects) {
    Map<String, List<String>> paths = new HashMap<>();
    secret.annotation(ANNOTATION).ifPresent(text -> paths.putAll(parse(text)));
    Map<String, Recorded> recorded = new HashMap<>();
    for (RenderedObject object : objects) {
      String path = ObjectKey.of(object.object()).path();
      recorded.put(path, new Recorded(object.object(), paths.getOrDefault(path, List.of())));
    }
    return recorded;
  }

  private static Map<String, List<String>> parse(String text) {
    try {
      return Trees.JSON.readValue(text, PATHS);
    } catch (JsonProcessingException _) {
      // Somebody wrote into the annotation; then the fields count, and the next sync repairs it.
      return Map.of();
    }
  }

  /**
   * A hash of manifests without their unstable fields. A field that was unstable when it was
   * recorded and is rendered now exactly as recorded (a {@code lookup} found it) is left out too.
   */
  static String hash(List<RenderedObject> objects, Map<String, Recorded> earlier) {
    List<String> lines = new ArrayList<>();
    for (RenderedObject rendered : objects) {
      String path = ObjectKey.of(rendered.object()).path();
      ObjectNode copy = rendered.object().deepCopy();
      rendered.unstable().forEach(pointer -> blank(copy, pointer));
      Recorded before = earlier.getOrDefault(path, new Recorded(NullNode.instance, List.of()));
      for (String pointer : before.unstable()) {
        JsonNode now = rendered.object().at(pointer);
        if (!pointer.isEmpty() && now.equals(before.object().at(pointer))) {
          blank(copy, pointer);
        }
      }
      lines.add(Trees.canonical(copy));
    }
    lines.sort(null);
    return Trees.hash(String.join("\n", lines));
  }

  private static void blank(ObjectNode object, String pointer) {
    if (pointer.isEmpty()) {
      object.retain("apiVersion", "kind");
    } else if (!object.at(pointer).isMissingNode()) {
      Trees.set(object, pointer, NullNode.instance);
    }
  }

  /** The objects with the values that their unstable fields have already. */
  static List<RenderedObject> kept(
      List<RenderedObject> objects,
      Map<String, Recorded> earlier,
      Function<RenderedObject, Optional<JsonNode>> live) {
    List<RenderedObject> kept = new ArrayList<>();
    for (RenderedObject rendered : objects) {
      if (rendered.unstable().isEmpty()) {
        kept.add(rendered);
        continue;
      }
      ObjectNode copy = rendered.object().deepCopy();
      Optional<JsonNode> there = live.apply(rendered);
      Recorded before = earlier.get(ObjectKey.of(rendered.object()).path());
      for (String pointer : rendered.unstable()) {
        there
            .flatMap(tree -> inLive(tree, pointer))
            .or(() -> Optional.ofNullable(before).flatMap(b -> at(b.object(), pointer)))
            .ifPresent(value -> Trees.set(copy, pointer, value));
      }
      kept.add(new RenderedObject(rendered.source(), copy, rendered.unstable()));
    }
    return kept;
  }

  /** Places in a live list may have moved, so those are taken from the record. */
  private static Optional<JsonNode> inLive(JsonNode live, String pointer) {
    if (pointer.isEmpty() || INDEX.matcher(pointer).find()) {
      return Optional.empty();
    }
    if (!pointer.startsWith(STRING_DATA)) {
      return at(live, pointer);
    }
    return at(live, "/data/" + pointer.substring(STRING_DATA.length()))
        .map(
            value ->
                TextNode.valueOf(
                    new String(
                        Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8)));
  }

  private static Optional<JsonNode> at(JsonNode tree, String pointer) {
    JsonNode value = tree.at(pointer);
    return value.isMissingNode() || pointer.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
