package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.stage.LocalRegion;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the controller asked of target clusters that was no read, by the audit logs of their API
 * servers: refused requests and dry runs count, because what was tried was meant.
 */
final class AuditLog {

  /** The role that the controller runs as, in the names that EKS gives to Kubernetes. */
  private static final String CONTROLLER = "role/hikkoshi";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalRegion region;

  AuditLog(LocalRegion region) {
    this.region = region;
  }

  /** How long each cluster's log is now. */
  Map<String, Long> mark() {
    Map<String, Long> marks = new HashMap<>();
    logs().forEach((cluster, log) -> marks.put(cluster, size(log)));
    return marks;
  }

  /** What was asked after the mark; all of it in clusters that have no mark. */
  List<String> writesAfter(Map<String, Long> marks) {
    List<String> writes = new ArrayList<>();
    logs()
        .forEach(
            (cluster, log) ->
                lines(log, marks.getOrDefault(cluster, 0L)).stream()
                    .filter(AuditLog::ours)
                    .map(line -> cluster + ": " + words(line))
                    .forEach(writes::add));
    return writes;
  }

  private Map<String, Path> logs() {
    Map<String, Path> logs = new HashMap<>();
    region
        .state()
        .path("clusters")
        .fields()
        .forEachRemaining(
            cluster -> {
              String log = cluster.getValue().path("audit").asText();
              if (!log.isEmpty()) {
                logs.put(cluster.getKey(), Path.of(log));
              }
            });
    return logs;
  }

  private static boolean ours(JsonNode line) {
    JsonNode user = line.path("user");
    return user.toString().contains(CONTROLLER);
  }

  private static String words(JsonNode line) {
    return "%s %s → %s"
        .formatted(
            line.path("verb").asText(),
            line.path("requestURI").asText(),
            line.at("/responseStatus/code").asText());
  }

  private static long size(Path log) {
    try {
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      throw new DemoException("cannot look at " + log, e);
    }
  }

  private static List<JsonNode> lines(Path log, long from) {
    List<JsonNode> lines = new ArrayList<>();
    if (size(log) <= from) {
      return lines;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      for (String line : new String(bytes, StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.endsWith("}")) {
          lines.add(JSON.readTree(line));
        }
      }
      return lines;
    } catch (IOException e) {
      throw new DemoException("cannot read " + log, e);
    }
  }
}
