package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.desired.Outside;
import dev.hikkoshi.environments.desired.Outside.As;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Shape;
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

  /** Words whose behaviour comes later; to take them now would promise it. */
  private static final Map<String, String> LATER =
      Map.of(
          "serving-only",
              "nothing keeps it from running on both sides yet; suspend it, then harmless",
          "migrated-by", "nothing migrates it yet");

  private OutsideReader() {}

  private static Map<String, As> as() {
    Map<String, As> words = new LinkedHashMap<>();
    words.put("shared", As.SHARED);
    words.put("per-cluster", As.PER_CLUSTER);
    words.put("harmless", As.HARMLESS);
    words.put("disposable", As.DISPOSABLE);
    words.put("external", As.EXTERNAL);
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
    var as = fields.need("as", word(), "as: " + String.join(", ", AS.keySet()));
    String reason = fields.get("reason", Types.text(), "");
    return fields.make(
        () ->
            release
                .<Outside>map(r -> new Outside.OfRelease(id(r), as.orElseThrow(), reason))
                .orElseGet(
                    () -> new Outside.OfObject(object.orElseThrow(), as.orElseThrow(), reason)));
  }

  private static ReleaseId id(String text) {
    String[] parts = text.split("/", -1);
    return new ReleaseId(parts[0], parts[1]);
  }

  private static Type<As> word() {
    return Types.text()
        .then(
            (word, node, problems) -> {
              Optional<As> as = Optional.ofNullable(AS.get(word));
              if (LATER.containsKey(word)) {
                problems.add(node.place(), "not yet: " + word, LATER.getOrDefault(word, ""));
              } else if (as.isEmpty()) {
                String expected = "expected " + String.join(", ", AS.keySet());
                String hint =
                    Nearest.to(word, AS.keySet())
                        .map(near -> "did you mean \"" + near + "\"? " + expected)
                        .orElse(expected);
                problems.add(node.place(), "\"" + word + "\" is not known here", hint);
              }
              return as;
            })
        .shaped(() -> new Shape.Text(false, Optional.empty(), List.copyOf(AS.keySet())));
  }
}
