package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Scalars;
import dev.hikkoshi.environments.reading.Types;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How Go writes a struct of helmfile's state: each key has a kind, and what has Go's zero value is
 * left out, except behind a pointer. Keys that are not listed hold what is written.
 */
final class BuiltFields {

  private final Map<String, Kind> kinds = new TreeMap<>();

  /** How a field is typed in helmfile. */
  private enum Kind {
    /** string. */
    TEXT,
    /** *string: also the empty one. */
    SAID_TEXT,
    /** bool. */
    FLAG,
    /** *bool: also false. */
    SAID_FLAG,
    /** int, and *int where 0 is nothing to anybody. */
    NUMBER,
    /** *int: also 0. */
    SAID_NUMBER,
    /** []string. */
    TEXTS,
    /** map[string]string. */
    TEXT_MAP,
    /** Lists of maps with texts, and what is free. */
    FREE
  }

  private BuiltFields() {}

  /** {@code repositories[]}. */
  static final BuiltFields REPOSITORY =
      new BuiltFields()
          .are(
              Kind.TEXT,
              "name url caFile certFile keyFile username password registryConfig managed keyring")
          .are(Kind.FLAG, "oci verify passCredentials skipTLSVerify plainHttp");

  /** {@code environments.*}. */
  static final BuiltFields ENVIRONMENT =
      new BuiltFields()
          .are(Kind.TEXT, "kubeContext mergeStrategy")
          .are(Kind.SAID_TEXT, "missingFileHandler")
          .are(Kind.TEXTS, "secrets");

  /** {@code helmDefaults}. */
  static final BuiltFields DEFAULTS =
      new BuiltFields()
          .are(Kind.TEXT, "kubeContext keyring trackMode")
          .are(Kind.SAID_TEXT, "postRenderer cascade serverSide")
          .are(
              Kind.FLAG,
              "verify enableDNS devel wait waitForJobs recreatePods force atomic rollbackOnFailure"
                  + " cleanupOnFail forceConflicts skipCRDs skipDeps skipRefresh reuseValues"
                  + " insecureSkipTLSVerify plainHttp deleteWait")
          .are(
              Kind.SAID_FLAG,
              "skipSchemaValidation createNamespace resolveOCIVersions disableValidation"
                  + " disableAutoDetectedKubeVersionForDiff disableOpenAPIValidation"
                  + " syncReleaseLabels takeOwnership")
          .are(Kind.NUMBER, "waitRetries timeout deleteTimeout helmStuckGrace")
          .are(Kind.SAID_NUMBER, "historyMax")
          .are(
              Kind.TEXTS,
              "args diffArgs syncArgs templateArgs postRendererArgs suppressOutputLineRegex");

  /** Keys of {@code helmDefaults} that are written even when they say nothing. */
  static final Map<String, Object> ALWAYS = always();

  /** {@code releases[]} and {@code templates.*}. */
  static final BuiltFields RELEASE =
      new BuiltFields()
          .are(
              Kind.TEXT,
              "chart chartPath directory version keyring updateStrategy condition name description"
                  + " namespace kubeVersion valuesPathPrefix kubeContext forceNamespace trackMode")
          .are(
              Kind.SAID_TEXT,
              "missingFileHandler verifyTemplate waitTemplate installedTemplate conditionTemplate"
                  + " postRenderer cascade serverSide")
          .are(Kind.FLAG, "insecureSkipTLSVerify plainHttp forceGoGetter")
          .are(
              Kind.SAID_FLAG,
              "verify enableDNS devel wait waitForJobs recreatePods force installed atomic"
                  + " rollbackOnFailure cleanupOnFail forceConflicts createNamespace reuseValues"
                  + " disableOpenAPIValidation disableValidation disableValidationOnInstall skipDeps"
                  + " skipRefresh resolveOCIVersions skipSchemaValidation suppressDiff deleteWait"
                  + " disableAutoDetectedKubeVersionForDiff syncReleaseLabels takeOwnership")
          .are(Kind.SAID_NUMBER, "waitRetries timeout historyMax deleteTimeout trackTimeout")
          .are(
              Kind.TEXTS,
              "needs unitTests apiVersions adopt postRendererArgs suppressOutputLineRegex")
          .are(Kind.TEXT_MAP, "labels");

  /** The state itself, without what has a shape of its own. */
  static final BuiltFields TOP =
      new BuiltFields()
          .are(Kind.TEXT, "kubeContext namespace chart kubeVersion lockFilePath")
          .are(Kind.TEXT, "helmBinary kustomizeBinary")
          .are(Kind.SAID_TEXT, "missingFileHandler")
          .are(Kind.TEXTS, "bases apiVersions defaultInherit")
          .are(Kind.TEXT_MAP, "commonLabels");

  /** One entry of a set. */
  private static final BuiltFields SET = new BuiltFields().are(Kind.TEXT, "name value file");

  private static final List<String> SETS = List.of("set", "setString", "setTemplate");

  private static Map<String, Object> always() {
    Map<String, Object> always = new TreeMap<>();
    for (String key :
        "verify enableDNS devel wait waitForJobs recreatePods force atomic rollbackOnFailure"
            .split(" ", -1)) {
      always.put(key, false);
    }
    for (String key : "forceConflicts skipDeps skipRefresh reuseValues".split(" ", -1)) {
      always.put(key, false);
    }
    always.put("waitRetries", 0L);
    always.put("timeout", 0L);
    return always;
  }

  private BuiltFields are(Kind kind, String names) {
    for (String name : names.split(" ", -1)) {
      kinds.put(name, kind);
    }
    return this;
  }

  /** Whether helmfile keeps the field behind a pointer. */
  boolean isPointer(String key) {
    return switch (kinds.getOrDefault(key, Kind.FREE)) {
      case SAID_TEXT, SAID_FLAG, SAID_NUMBER -> true;
      case TEXT, FLAG, NUMBER, TEXTS, TEXT_MAP, FREE -> false;
    };
  }

  /**
   * The map as Go writes it; what has the wrong shape is left out, its problem is told elsewhere.
   */
  Map<String, Object> of(Mapping map) {
    Map<String, Object> built = new LinkedHashMap<>();
    for (Node.Entry entry : map.entries()) {
      String key = entry.key().text();
      value(key, entry.value()).ifPresent(value -> built.put(key, value));
    }
    return built;
  }

  private Optional<Object> value(String key, Node node) {
    if (SETS.contains(key)) {
      return list(node, SET);
    }
    return switch (kinds.getOrDefault(key, Kind.FREE)) {
      case TEXT -> text(node).filter(t -> !t.isEmpty()).map(t -> t);
      case SAID_TEXT -> text(node).map(t -> t);
      case FLAG -> flag(node).filter(f -> f).map(f -> f);
      case SAID_FLAG -> flag(node).map(f -> f);
      case NUMBER -> number(node).filter(n -> !n.equals(0L)).map(n -> n);
      case SAID_NUMBER -> number(node);
      case TEXTS -> texts(node);
      case TEXT_MAP -> textMap(node);
      case FREE -> free(node);
    };
  }

  /** A list of structs; empty when the list is. */
  static Optional<Object> list(Node node, BuiltFields of) {
    List<Object> all = new ArrayList<>();
    if (node instanceof Sequence list) {
      for (Node item : list.items()) {
        if (item instanceof Mapping map) {
          all.add(of.of(map));
        }
      }
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  static Optional<String> text(Node node) {
    return node instanceof Scalar scalar && Scalars.kind(scalar) != Scalars.Kind.NULL
        ? Optional.of(scalar.text())
        : Optional.empty();
  }

  private static Optional<Boolean> flag(Node node) {
    return text(node).isEmpty() ? Optional.empty() : Types.goBool().read(node, new Problems());
  }

  private static Optional<Object> number(Node node) {
    if (!(node instanceof Scalar scalar)) {
      return Optional.empty();
    }
    Object value = Scalars.value(scalar);
    return value instanceof Long || value instanceof BigInteger || value instanceof Double
        ? Optional.of(value)
        : Optional.empty();
  }

  /** Null is the empty text of a list of texts. */
  private static Optional<Object> texts(Node node) {
    List<Object> all = new ArrayList<>();
    if (node instanceof Sequence list) {
      list.items().forEach(item -> all.add(text(item).orElse("")));
    } else {
      // defaultInherit may be one name.
      text(node).ifPresent(all::add);
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static Optional<Object> textMap(Node node) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (node instanceof Mapping map) {
      map.entries().forEach(e -> all.put(e.key().text(), text(e.value()).orElse("")));
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  private static Optional<Object> free(Node node) {
    boolean nothing =
        switch (node) {
          case Sequence list -> list.items().isEmpty();
          case Mapping map -> map.entries().isEmpty();
          case Scalar scalar -> Scalars.value(scalar) == null;
        };
    return nothing ? Optional.empty() : Optional.ofNullable(PlainValues.of(node));
  }
}
