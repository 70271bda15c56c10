package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Go template outside any chart, such as a {@code values.yaml.gotmpl}.
 *
 * @param name what errors call it: its path
 * @param text the template
 * @param data the dot
 * @param env what {@code env} and its kin know; any other name is an error
 * @param files what readFile and its kin see, and where helpers are found; null where a template
 *     has no files
 */
public record TemplateRequest(
    String name,
    String text,
    ObjectNode data,
    Map<String, String> env,
    @Nullable SnapshotFiles files) {

  public TemplateRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(data, "data");
    env = Map.copyOf(env);
  }

  /** A template that reads no files and no environment. */
  public TemplateRequest(String name, String text, ObjectNode data) {
    this(name, text, data, Map.of(), null);
  }

  void write(ObjectNode request) {
    request.put("name", name).put("text", text).set("data", data);
    ObjectNode known = request.putObject("env");
    env.forEach(known::put);
    if (files != null) {
      request.put("allowFiles", true);
      ArrayNode helpers = request.putArray("helpers");
      files
          .helpers()
          .forEach((path, text) -> helpers.addObject().put("name", path).put("text", text));
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
