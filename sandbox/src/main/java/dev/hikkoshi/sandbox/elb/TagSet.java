package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tags of all kinds of resources, and the three operations on them. */
final class TagSet {

  private static final int MOST = 50;

  private TagSet() {}

  /** The tags of a request. */
  static Map<String, String> read(Form form) {
    Map<String, String> tags = new LinkedHashMap<>();
    for (Form tag : form.structures("Tags.member")) {
      String key = Refusal.need(tag, "Key");
      if (key.length() > 128 || key.startsWith("aws:")) {
        throw Refusal.invalid("Tag key '" + key + "' is not valid");
      }
      if (tags.put(key, tag.one("Value").orElse("")) != null) {
        throw new AwsException(
            400, "DuplicateTagKeys", "Duplicate tag key '" + key + "' was specified");
      }
    }
    return bounded(tags);
  }

  private static Map<String, String> bounded(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw new AwsException(400, "TooManyTags", "A resource cannot have more than 50 tags");
    }
    return tags;
  }

  static Outcome add(Surroundings around, ElbState state, Form form) {
    Map<String, String> added = read(form);
    if (added.isEmpty()) {
      throw Refusal.invalid("At least one tag must be specified");
    }
    ElbState next = state;
    for (String arn : arns(form)) {
      Map<String, String> tags = new LinkedHashMap<>(of(state, arn));
      tags.putAll(added);
      next = next.withTags(arn, bounded(tags));
    }
    return Outcome.nothing(next);
  }

  static Outcome remove(Surroundings around, ElbState state, Form form) {
    ElbState next = state;
    for (String arn : arns(form)) {
      Map<String, String> tags = new LinkedHashMap<>(of(state, arn));
      form.list("TagKeys.member").forEach(tags::remove);
      next = next.withTags(arn, tags);
    }
    return Outcome.nothing(next);
  }

  static Outcome describe(Surroundings around, ElbState state, Form form) {
    List<String> arns = arns(form);
    if (arns.size() > 20) {
      throw Refusal.invalid("Cannot have more than 20 resources described");
    }
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    arns.forEach(arn -> all.put(arn, of(state, arn)));
    return new Outcome(
        state,
        xml ->
            xml.list(
                "TagDescriptions",
                "member",
                all.entrySet(),
                (m, e) -> {
                  m.text("ResourceArn", e.getKey());
                  write(m, e.getValue());
                }));
  }

  private static void write(Xml xml, Map<String, String> tags) {
    List<Map.Entry<String, String>> sorted = new ArrayList<>(tags.entrySet());
    sorted.sort(Map.Entry.comparingByKey());
    xml.list(
        "Tags", "member", sorted, (t, e) -> t.text("Key", e.getKey()).text("Value", e.getValue()));
  }

  private static List<String> arns(Form form) {
    List<String> arns = form.list("ResourceArns.member");
    if (arns.isEmpty()) {
      throw Refusal.invalid("'ResourceArns' must be specified");
    }
    return arns;
  }

  private static Map<String, String> of(ElbState state, String arn) {
    return state
        .tags(arn)
        .orElseThrow(
            () -> {
              String kind =
                  arn.contains(":targetgroup/")
                      ? "TargetGroup"
                      : arn.contains(":listener-rule/")
                          ? "Rule"
                          : arn.contains(":listener/") ? "Listener" : "LoadBalancer";
              return new AwsException(400, kind + "NotFound", "'" + arn + "' not found");
            });
  }
}
