package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Outside.As;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code spec.outside}: a person's word on effects outside the cluster. */
final class OutsideReader {

  private static final Pattern RELEASE = Pattern.compile("[a-z0-9-]{1,63}/[a-z0-9.-]{1,53}");
  private static final Pattern OBJECT =
      Pattern.compile(
          "([a-z0-9.-]{1,253}/)?v[0-9]{1,3}((alpha|beta)[0-9]{1,3})?/[A-Z][A-Za-z0-9]{0,62}(/[a-z0-9.:-]{1,253}){1,2}");

  private static final Map<String, As> AS = as();

  private OutsideReader() {}

  private static Map<String, As> as() {
    Map<String, As> words = new LinkedHashMap<>();
    for (As as : As.values()) {
      words.put(as.word(), as);
    }
    return words;
  }

  static Type<List<Outside>> outside() {
    return Types.list(Fields.object(OutsideReader::one));
  }

  private static Optional<Outside> one(Fields fields) {
    var release = fields.get("release", Types.text(RELEASE, "a release: namespace/name"));
    var object =
        fields.get(
            "object",
            Types.text(
                OBJECT,
                "apiVersion/Kind/namespace/name, for example batch/v1/CronJob/billing/close-day"));
    if (fields.has("release") == fields.has("object")) {
      fields.problem("release", "one of release and object", "release: namespace/name");
    }
    var as = fields.need("as", Types.oneOf(AS), "as: " + String.join(", ", AS.keySet()));
    String reason = fields.get("reason", Types.text(), "");
    if (as.filter(As.MIGRATED_BY::equals).isPresent() && reason.isBlank()) {
      fields.problem("as", "migrated-by without a reason", "reason: what moves the data, and when");
    }
    Optional<Outside> word =
        as.flatMap(
            a ->
                release
                    .<Outside>map(r -> new Outside.OfRelease(id(r), a, reason))
                    .or(() -> object.map(o -> new Outside.OfObject(o, a, reason))));
    word.ifPresent(w -> sensible(w, fields));
    return fields.make(word::orElseThrow);
  }

  /** A word that cannot be true of an object's kind is a slip, and is told at once. */
  private static void sensible(Outside word, Fields fields) {
    if (word instanceof Outside.OfObject object && !Outside.sensible(object.kind(), word.as())) {
      List<String> possible =
          AS.entrySet().stream()
              .filter(e -> Outside.sensible(object.kind(), e.getValue()))
              .map(Map.Entry::getKey)
              .toList();
      fields.problem(
          "as",
          "a %s cannot be %s".formatted(object.kind(), word.as().word()),
          "expected one of " + String.join(", ", possible));
    }
  }

  private static ReleaseId id(String text) {
    String[] parts = text.split("/", -1);
    return new ReleaseId(parts[0], parts[1]);
  }
}
