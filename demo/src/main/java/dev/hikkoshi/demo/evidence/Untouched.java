package dev.hikkoshi.demo.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * A cluster that is taken over and whose workloads must not notice: the same pods, every object of
 * its releases with the same content, and no request but those that move managedFields and write
 * Helm's records.
 */
final class Untouched {

  private static final Pattern RECORD =
      Pattern.compile(
          "[a-z]+: (create|update|patch|delete) /api/v1/namespaces/(web|api)/secrets(/sh\\.helm\\.release\\.v1\\.[a-z.0-9]+)?(\\?\\S*)? → \\d+");

  /** An apply or a patch of managedFields; what it did to content is seen in the content. */
  private static final Pattern FIELDS =
      Pattern.compile("[a-z]+: patch /apis?/\\S+/namespaces/(web|api)/\\S+ → \\d+");

  private final Inside cluster;
  private final SortedMap<String, String> contents;
  private final SortedMap<String, String> pods;

  private Untouched(Inside cluster) {
    this.cluster = cluster;
    this.contents = cluster.contents();
    this.pods = cluster.pods();
  }

  /** As it is now. */
  static Untouched from(Inside cluster) {
    return new Untouched(cluster);
  }

  /** How many pods and objects there are. */
  String size() {
    return "%d pods, %d objects".formatted(pods.size(), contents.size());
  }

  /** What is not as it was, or was asked and may not be. */
  List<String> violations(List<String> asked) {
    List<String> all = new ArrayList<>();
    if (!pods.equals(cluster.pods())) {
      all.add("pods were %s and are %s".formatted(pods, cluster.pods()));
    }
    SortedMap<String, String> now = cluster.contents();
    contents.forEach(
        (path, content) -> {
          if (!content.equals(now.get(path))) {
            all.add("%s was %s and is %s".formatted(path, content, now.get(path)));
          }
        });
    now.keySet().stream()
        .filter(path -> !contents.containsKey(path))
        .forEach(path -> all.add(path + " is new"));
    asked.stream()
        .filter(line -> !RECORD.matcher(line).matches() && !FIELDS.matcher(line).matches())
        .forEach(line -> all.add("asked: " + line));
    return all;
  }
}
