package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Scalars;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of {@code environments}: what they say, before any file is opened. */
final class EnvironmentSpecs {

  private static final String VALUES = "values";
  private static final String SECRETS = "secrets";
  private static final String STRATEGY = "mergeStrategy";
  private static final Map<String, Boolean> STRATEGIES =
      Map.of("override", false, "fallback", true);

  private EnvironmentSpecs() {}

  /** What happens when nothing matches a path. */
  enum Missing {
    FAIL,
    SKIP;

    /** helmfile's words; what it logs of a skipped file is nobody's here. */
    static Type<Missing> type() {
      Map<String, Missing> words = new LinkedHashMap<>();
      words.put("Error", FAIL);
      words.put("Warn", SKIP);
      words.put("Info", SKIP);
      words.put("Debug", SKIP);
      return Types.oneOf(words);
    }
  }

  /**
   * One environment.
   *
   * @param fallback the earlier entry of values wins
   * @param missing empty when it does not say
   * @param context of the kubeconfig; empty when it does not say
   */
  record Spec(
      List<Node> values,
      List<Node> secrets,
      boolean fallback,
      Optional<Missing> missing,
      String context) {

    static final Spec EMPTY = new Spec(List.of(), List.of(), false, Optional.empty(), "");

    Spec {
      values = List.copyOf(values);
      secrets = List.copyOf(secrets);
    }
  }

  /** Reads all of them by name; of one with a problem what could be read. */
  static Type<Map<String, Spec>> type() {
    return (node, problems) -> {
      if (!(node instanceof Mapping map)) {
        problems.add(node.place(), "expected a map, found " + node.kind());
        return Optional.empty();
      }
      Map<String, Spec> all = new LinkedHashMap<>();
      for (Entry entry : map.entries()) {
        all.put(entry.key().text(), spec(entry.value(), problems));
      }
      return Optional.of(all);
    };
  }

  private static Spec spec(Node node, Problems problems) {
    return isNothing(node)
        ? Spec.EMPTY
        : Fields.of(node, problems).map(EnvironmentSpecs::spec).orElse(Spec.EMPTY);
  }

  private static Spec spec(Fields fields) {
    List<Node> values = fields.get(VALUES, Types.list(EnvironmentSpecs::entry), List.of());
    List<Node> secrets = fields.get(SECRETS, Types.list(EnvironmentSpecs::path), List.of());
    boolean fallback = fields.get(STRATEGY, Types.oneOf(STRATEGIES), false);
    Optional<Missing> missing = fields.get("missingFileHandler", Missing.type());
    fields.get("missingFileHandlerConfig", Fields.object(EnvironmentSpecs::config));
    String context = fields.get("kubeContext", Types.literal(), "");
    Spec read = new Spec(values, secrets, fallback, missing, context);
    return fields.make(() -> read).orElse(read);
  }

  /** It is about branches of remote repositories, and nothing here is remote. */
  static Optional<Boolean> config(Fields fields) {
    boolean ignored = fields.get("ignoreMissingGitBranch", Types.goBool(), false);
    return fields.make(() -> ignored);
  }

  static Optional<Node> entry(Node node, Problems problems) {
    return node instanceof Mapping
        ? Optional.of(node)
        : Types.literal().read(node, problems).map(_ -> node);
  }

  private static Optional<Node> path(Node node, Problems problems) {
    return Types.literal().read(node, problems).map(_ -> node);
  }

  private static boolean isNothing(Node node) {
    return node instanceof Scalar scalar && Scalars.kind(scalar) == Scalars.Kind.NULL;
  }

  /**
   * Specs of a file over those of its base: lists are joined so that the file's own entries win,
   * other settings are the file's where it has any.
   */
  static Mapping join(Mapping below, Mapping above) {
    Map<String, Entry> joined = new LinkedHashMap<>();
    below.entries().forEach(e -> joined.put(e.key().text(), e));
    for (Entry entry : above.entries()) {
      joined.merge(
          entry.key().text(), entry, (b, a) -> new Entry(a.key(), joined(b.value(), a.value())));
    }
    return new Mapping(List.copyOf(joined.values()), above.place());
  }

  private static Node joined(Node below, Node above) {
    if (isNothing(above) || !(below instanceof Mapping b)) {
      return isNothing(above) ? below : above;
    }
    if (!(above instanceof Mapping a)) {
      return above;
    }
    Map<String, Entry> merged = new LinkedHashMap<>();
    b.entries().forEach(e -> merged.put(e.key().text(), e));
    a.entries().stream()
        .filter(e -> !StateMerge.isZero(e.value()))
        .forEach(e -> merged.put(e.key().text(), e));
    boolean fallback =
        merged.get(STRATEGY) instanceof Entry(_, Scalar word) && word.text().equals("fallback");
    Mapping all = new Mapping(List.copyOf(merged.values()), a.place());
    all = list(all, VALUES, fallback ? a : b, fallback ? b : a);
    return list(all, SECRETS, b, a);
  }

  private static Mapping list(Mapping all, String key, Mapping first, Mapping second) {
    if (!(first.at(key).orElse(null) instanceof Sequence f)
        || !(second.at(key).orElse(null) instanceof Sequence s)) {
      return all;
    }
    List<Node> items = new ArrayList<>(f.items());
    items.addAll(s.items());
    return StateMerge.with(all, key, new Sequence(items, s.place()));
  }
}
