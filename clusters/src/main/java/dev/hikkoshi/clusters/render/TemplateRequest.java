package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;

/**
 * A Go template outside any chart, such as a {@code values.yaml.gotmpl}.
 *
 * @param name what errors call it: its path
 * @param text the template
 * @param data the dot
 * @param files what readFile, readDir, isFile and isDir see, by the path the template uses
 */
public record TemplateRequest(
    String name, String text, ObjectNode data, Map<String, byte[]> files) {

  public TemplateRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(data, "data");
    files = Map.copyOf(files);
  }

  /** A template that reads no files. */
  public TemplateRequest(String name, String text, ObjectNode data) {
    this(name, text, data, Map.of());
  }

  void write(ObjectNode request) {
    request.put("name", name).put("text", text).set("data", data);
    ObjectNode target = request.putObject("files");
    files.forEach(target::put);
  }
}
