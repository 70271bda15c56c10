package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.demo.DemoException;
import dev.hikkoshi.demo.kill.WeightWrite;
import dev.hikkoshi.demo.stage.LocalRegion;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * When the region had done the write that took the last weight from a side, by the region's own log
 * of calls. What is cleared away afterwards (a record at 0, a group without weight) moves nobody.
 */
final class LastWeights {

  private final LocalRegion region;

  LastWeights(LocalRegion region) {
    this.region = region;
  }

  /** Of a name whose records are called by their cluster. */
  Instant ofRecords(String cluster) {
    return left(cluster, "ChangeResourceRecordSets", WeightWrite::ofRecords);
  }

  /** Of a listener rule. */
  Instant ofRule(String groupArn) {
    return left(groupArn, "ModifyRule", WeightWrite::ofRule);
  }

  private Instant left(String side, String operation, Function<JsonNode, WeightWrite> reader) {
    List<JsonNode> writes =
        region.calls(operation).stream()
            .filter(call -> call.path("done").asBoolean())
            .filter(call -> !AwsWrites.among(List.of(call)).isEmpty())
            .filter(call -> !call.path("principal").asText().endsWith(":user/operator"))
            .toList();
    boolean there = false;
    Instant left = Instant.MIN;
    for (JsonNode call : writes) {
      boolean now = reader.apply(call).weights().getOrDefault(side, 0) > 0;
      if (there && !now) {
        left = Instant.parse(call.path("at").asText()).plusMillis(call.path("millis").asLong());
      }
      there = now;
    }
    if (there || left.equals(Instant.MIN)) {
      throw new DemoException(operation + " never took the weight from " + side);
    }
    return left;
  }
}
