package dev.hikkoshi.sandbox.route53;

import dev.hikkoshi.sandbox.aws.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a ChangeResourceRecordSets body. Refused with {@code InvalidInput} here is what AWS refuses
 * before it looks at the zone: the model's constraints and fields that exclude each other.
 */
final class BatchReader {

  /** Routing that the sandbox does not play. */
  private static final List<String> OTHER_ROUTING =
      List.of(
          "Region",
          "GeoLocation",
          "Failover",
          "MultiValueAnswer",
          "CidrRoutingConfig",
          "GeoProximityLocation",
          "TrafficPolicyInstanceId");

  private static final String ONE_ROUTING =
      "Invalid request: Expected exactly one of [Weight, Region, Failover, GeoLocation,"
          + " MultiValueAnswer, GeoProximityLocation, or CidrRoutingConfig], but found %s in %s";
  private static final String ONE_CONTENT =
      "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords],"
          + " or TrafficPolicyInstanceId], but found %s in %s";

  private final List<String> violations = new ArrayList<>();
  private int member;

  /** A batch as it was read. */
  record Batch(List<Change> changes, @Nullable String comment) {}

  /** Reads a whole body. */
  static Batch read(byte[] body) {
    XmlBody request = XmlBody.of(body, "ChangeResourceRecordSetsRequest");
    BatchReader reader = new BatchReader();
    XmlBody batch =
        request
            .child("ChangeBatch")
            .orElseThrow(() -> invalid("Invalid request: Missing field 'ChangeBatch'"));
    List<XmlBody> sent = batch.list("Changes", "Change");
    if (sent.isEmpty()) {
      reader.violated("", "changes", "Member must have length greater than or equal to 1");
    }
    sent.forEach(reader::constraints);
    if (!reader.violations.isEmpty()) {
      int count = reader.violations.size();
      throw invalid(
          "%d validation error%s detected: %s"
              .formatted(count, count == 1 ? "" : "s", String.join("; ", reader.violations)));
    }
    return new Batch(
        sent.stream().map(BatchReader::change).toList(), batch.text("Comment").orElse(null));
  }

  private void constraints(XmlBody change) {
    member++;
    String action = change.text("Action").orElse("");
    if (Stream.of(Change.Action.values()).noneMatch(a -> a.name().equals(action))) {
      violated(action, at("action"), enumeration("CREATE, DELETE, UPSERT"));
    }
    Optional<XmlBody> sets = change.child("ResourceRecordSet");
    if (sets.isEmpty()) {
      violated("null", at("resourceRecordSet"), "Member must not be null");
      return;
    }
    XmlBody set = sets.get();
    String type = set.text("Type").orElse("");
    if (!RecordValues.TYPES.contains(type)) {
      String all = RecordValues.TYPES.stream().sorted().collect(Collectors.joining(", "));
      violated(type, at("resourceRecordSet.type"), enumeration(all));
    }
    if (set.text("Name").isEmpty()) {
      violated("null", at("resourceRecordSet.name"), "Member must not be null");
    }
    range(set, "Weight", "weight", 255);
    range(set, "TTL", "tTL", Integer.MAX_VALUE);
    set.text("SetIdentifier").ifPresent(id -> length(id, "setIdentifier", 1, 128));
    set.list("ResourceRecords", "ResourceRecord")
        .forEach(r -> length(r.text("Value").orElse(""), "resourceRecords.member.value", 0, 4000));
  }

  private void range(XmlBody set, String name, String member, long most) {
    Optional<String> text = set.text(name);
    if (text.isEmpty()) {
      return;
    }
    long value;
    try {
      value = Long.parseLong(text.get());
    } catch (NumberFormatException e) {
      violated(text.get(), at("resourceRecordSet." + member), "Member must be an integer");
      return;
    }
    if (value < 0 || value > most) {
      violated(
          text.get(),
          at("resourceRecordSet." + member),
          value < 0
              ? "Member must have value greater than or equal to 0"
              : "Member must have value less than or equal to " + most);
    }
  }

  private void length(String value, String name, int least, int most) {
    if (value.length() < least || value.length() > most) {
      violated(
          value,
          at("resourceRecordSet." + name),
          value.length() < least
              ? "Member must have length greater than or equal to " + least
              : "Member must have length less than or equal to " + most);
    }
  }

  private String at(String path) {
    return "changeBatch.changes." + member + ".member." + path;
  }

  private static String enumeration(String values) {
    return "Member must satisfy enum value set: [" + values + "]";
  }

  private void violated(String value, String path, String constraint) {
    violations.add(
        "Value '%s' at '%s' failed to satisfy constraint: %s".formatted(value, path, constraint));
  }

  private static Change change(XmlBody change) {
    Change.Action action = Change.Action.valueOf(change.text("Action").orElseThrow());
    XmlBody set = change.child("ResourceRecordSet").orElseThrow();
    String name = set.text("Name").orElseThrow();
    String identifier = set.text("SetIdentifier").orElse(null);
    String where =
        "Change with [Action=%s, Name=%s, Type=%s, SetIdentifier=%s]"
            .formatted(action, name, set.text("Type").orElseThrow(), identifier);
    exclusive(set, where);
    if (set.child("HealthCheckId").isPresent()) {
      throw new AwsException(
          404,
          "NoSuchHealthCheck",
          "No health check exists with the specified ID: " + set.text("HealthCheckId").orElse(""));
    }
    return new Change(
        action,
        new RecordSet(
            kept(name),
            set.text("Type").orElseThrow(),
            identifier,
            set.text("Weight").map(Integer::valueOf).orElse(null),
            set.text("TTL").map(Long::valueOf).orElse(null),
            set.list("ResourceRecords", "ResourceRecord").stream()
                .map(record -> record.text("Value").orElse(""))
                .toList(),
            set.child("AliasTarget").map(target -> alias(target, where)).orElse(null)));
  }

  private static void exclusive(XmlBody set, String where) {
    for (String other : OTHER_ROUTING) {
      if (set.child(other).isPresent()) {
        throw invalid(
            "Invalid request: the sandbox plays simple and weighted record sets only; found %s in %s"
                .formatted(other, where));
      }
    }
    boolean weight = set.child("Weight").isPresent();
    boolean identifier = set.child("SetIdentifier").isPresent();
    if (weight && !identifier) {
      throw invalid("Invalid request: Missing field 'SetIdentifier' in " + where);
    }
    if (identifier && !weight) {
      throw invalid(ONE_ROUTING.formatted("none", where));
    }
    boolean alias = set.child("AliasTarget").isPresent();
    boolean ttl = set.child("TTL").isPresent();
    boolean values = !set.list("ResourceRecords", "ResourceRecord").isEmpty();
    if (alias ? ttl || values : !(ttl && values)) {
      throw invalid(ONE_CONTENT.formatted(alias ? "more than one" : "none", where));
    }
  }

  private static AliasTarget alias(XmlBody target, String where) {
    String evaluate =
        target
            .text("EvaluateTargetHealth")
            .orElseThrow(
                () -> invalid("Invalid request: Missing field 'EvaluateTargetHealth' in " + where));
    return new AliasTarget(
        target.text("HostedZoneId").orElse(""),
        kept(target.text("DNSName").orElse("")),
        Boolean.parseBoolean(evaluate));
  }

  /** A name in the kept form. */
  static String kept(String name) {
    try {
      return DnsName.of(name);
    } catch (IllegalArgumentException e) {
      throw new AwsException(
          400, "InvalidChangeBatch", "[FATAL problem: DomainLabel " + e.getMessage() + "]");
    }
  }

  private static AwsException invalid(String message) {
    return new AwsException(400, "InvalidInput", message);
  }
}
