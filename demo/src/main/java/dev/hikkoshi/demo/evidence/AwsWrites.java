package dev.hikkoshi.demo.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Writes in the region's call log. */
final class AwsWrites {

  /**
   * AWS's own prefixes of operations that only read; AssumeRole gives a session and changes none.
   */
  private static final Pattern READS =
      Pattern.compile("(Describe|List|Get|Test|Search|Simulate|AssumeRole).*");

  /** The load balancer controller registers pods as they come and go: not Hikkoshi, not traffic. */
  private static final String INSIDE = ":assumed-role/load-balancer-controller/";

  private AwsWrites() {}

  /**
   * Each as {@code OPERATION by PRINCIPAL}, attempts that were refused included: what was tried was
   * meant.
   */
  static List<String> among(Iterable<JsonNode> calls) {
    return StreamSupport.stream(calls.spliterator(), false)
        .filter(call -> !READS.matcher(call.path("operation").asText()).matches())
        .filter(call -> !call.path("principal").asText().contains(INSIDE))
        .map(call -> call.path("operation").asText() + " by " + call.path("principal").asText())
        .toList();
  }
}
