package dev.hikkoshi.demo.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the region's log of calls says: how many clusters were created, whether all weights of a
 * name or rule were ever zero, and whether a cluster ever got weight before the load balancer
 * controller inside it had registered ready pods. Only calls that were done count.
 */
public final class CallAudit {

  private static final Pattern CLUSTER_NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern CONTROLLER =
      Pattern.compile(".*assumed-role/load-balancer-controller/(.+)");
  private static final Pattern GROUP = Pattern.compile("TargetGroupArn=([^&]+)");
  private static final Pattern GROUP_NAME = Pattern.compile(".*:targetgroup/([^/]+)/.*");
  private static final Pattern NAME = Pattern.compile("[?&]Name=([^&]+)");
  private static final Pattern TAG =
      Pattern.compile("Tags\\.member\\.(\\d+)\\.(Key|Value)=([^&]*)");
  private static final String CLUSTER_TAG = "hikkoshi.dev/cluster";

  private final Function<String, List<JsonNode>> log;

  /** An audit of a log, which is asked for the calls of an operation. */
  public CallAudit(Function<String, List<JsonNode>> log) {
    this.log = log;
  }

  private List<JsonNode> done(String operation) {
    return log.apply(operation).stream().filter(c -> c.path("done").asBoolean()).toList();
  }

  /** Names of the clusters that were ever created. */
  public Set<String> created() {
    Set<String> names = new TreeSet<>();
    for (JsonNode call : done("CreateCluster")) {
      Matcher name = CLUSTER_NAME.matcher(call.path("parameters").asText());
      if (name.find()) {
        names.add(name.group(1));
      }
    }
    return names;
  }

  /** Everything that must never have been written. */
  public List<String> violations() {
    List<String> found = new ArrayList<>();
    NavigableMap<Long, String> registered = registrations();
    Map<String, Integer> records = new TreeMap<>();
    for (JsonNode call : done("ChangeResourceRecordSets")) {
      WeightWrite write = WeightWrite.ofRecords(call);
      write.deleted().forEach(records::remove);
      records.putAll(write.weights());
      check(write, records, Function.identity(), registered, found);
    }
    Map<String, String> clusterByGroup = clusterByGroupName();
    Function<String, String> owner =
        arn -> {
          Matcher name = GROUP_NAME.matcher(arn);
          return name.matches() ? clusterByGroup.getOrDefault(name.group(1), arn) : arn;
        };
    List<JsonNode> rules = new ArrayList<>(done("CreateRule"));
    rules.addAll(done("ModifyRule"));
    for (JsonNode call : rules) {
      // Each cluster's own controller writes rules of its Ingresses; only ours share traffic out.
      if (CONTROLLER.matcher(call.path("principal").asText()).matches()) {
        continue;
      }
      WeightWrite write = WeightWrite.ofRule(call);
      check(write, write.weights(), owner, registered, found);
    }
    return found;
  }

  private static void check(
      WeightWrite write,
      Map<String, Integer> now,
      Function<String, String> cluster,
      NavigableMap<Long, String> registered,
      List<String> found) {
    int total = now.values().stream().mapToInt(Integer::intValue).sum();
    if (!now.isEmpty() && total == 0) {
      found.add("call " + write.seq() + " wrote all-zero: " + now);
    }
    write
        .weights()
        .forEach(
            (side, weight) -> {
              String name = cluster.apply(side);
              boolean ready = registered.headMap(write.seq(), false).containsValue(name);
              if (weight > 0 && !ready) {
                found.add(
                    "call %d gave weight %d to %s, which had registered no ready pod"
                        .formatted(write.seq(), weight, name));
              }
            });
  }

  /** By place in the log, the cluster whose controller registered ready pods. */
  private NavigableMap<Long, String> registrations() {
    NavigableMap<Long, String> registered = new TreeMap<>();
    for (JsonNode call : done("RegisterTargets")) {
      Matcher controller = CONTROLLER.matcher(call.path("principal").asText());
      if (controller.matches() && GROUP.matcher(call.path("parameters").asText()).find()) {
        registered.put(call.path("seq").asLong(), controller.group(1));
      }
    }
    return registered;
  }

  private Map<String, String> clusterByGroupName() {
    Map<String, String> clusters = new HashMap<>();
    for (JsonNode call : done("CreateTargetGroup")) {
      String parameters = call.path("parameters").asText();
      Matcher name = NAME.matcher(parameters);
      String cluster = tag(parameters);
      if (name.find() && !cluster.isEmpty()) {
        clusters.put(name.group(1), cluster);
      }
    }
    return clusters;
  }

  private static String tag(String parameters) {
    Map<String, String> keys = new HashMap<>();
    Map<String, String> values = new HashMap<>();
    Matcher tags = TAG.matcher(parameters);
    while (tags.find()) {
      (tags.group(2).equals("Key") ? keys : values).put(tags.group(1), tags.group(3));
    }
    return keys.entrySet().stream()
        .filter(e -> e.getValue().equals(CLUSTER_TAG))
        .map(e -> values.getOrDefault(e.getKey(), ""))
        .findFirst()
        .orElse("");
  }
}
