package dev.hikkoshi.demo.kill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A write of weights, as the sandbox's call log has it.
 *
 * @param seq its place in the log
 * @param weights by cluster for records, by target group ARN for rules
 * @param deleted clusters whose record this batch deletes and does not create again
 */
public record WeightWrite(long seq, SortedMap<String, Integer> weights, List<String> deleted) {

  private static final Pattern CHANGE = Pattern.compile("<Change>(.*?)</Change>", Pattern.DOTALL);
  private static final Pattern ACTION = Pattern.compile("<Action>(.*?)</Action>");
  private static final Pattern IDENTIFIER = Pattern.compile("<SetIdentifier>(.*?)</SetIdentifier>");
  private static final Pattern WEIGHT = Pattern.compile("<Weight>(\\d+)</Weight>");
  private static final Pattern TUPLE =
      Pattern.compile(
          "ForwardConfig\\.TargetGroups\\.member\\.(\\d+)\\.(TargetGroupArn|Weight)=([^&]*)");

  public WeightWrite {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    deleted = List.copyOf(deleted);
  }

  /** A batch of ChangeResourceRecordSets. */
  public static WeightWrite ofRecords(JsonNode call) {
    SortedMap<String, Integer> weights = new TreeMap<>();
    List<String> deleted = new ArrayList<>();
    Matcher changes = CHANGE.matcher(call.path("parameters").asText());
    while (changes.find()) {
      String change = changes.group(1);
      String side = first(IDENTIFIER, change);
      if (first(ACTION, change).equals("DELETE")) {
        deleted.add(side);
      } else {
        weights.put(side, Integer.parseInt(first(WEIGHT, change)));
      }
    }
    deleted.removeAll(weights.keySet());
    return new WeightWrite(call.path("seq").asLong(), weights, deleted);
  }

  /** A ModifyRule or CreateRule; empty weights when it does not forward to weighted groups. */
  public static WeightWrite ofRule(JsonNode call) {
    Map<String, String> arns = new HashMap<>();
    Map<String, Integer> byNumber = new HashMap<>();
    Matcher tuples = TUPLE.matcher(call.path("parameters").asText());
    while (tuples.find()) {
      if (tuples.group(2).equals("Weight")) {
        byNumber.put(tuples.group(1), Integer.parseInt(tuples.group(3)));
      } else {
        arns.put(tuples.group(1), tuples.group(3));
      }
    }
    SortedMap<String, Integer> weights = new TreeMap<>();
    arns.forEach((number, arn) -> weights.put(arn, byNumber.getOrDefault(number, 1)));
    return new WeightWrite(call.path("seq").asLong(), weights, List.of());
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }
}
