package dev.hikkoshi.parity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML text as plain trees. A plain scalar that YAML 1.1 takes for a boolean and 1.2 for text is
 * neither here: it is told apart from the quoted word, because one of the readers of the text would
 * go wrong with it.
 */
final class Documents {

  private static final int CODE_POINTS = 256 << 20;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new CoreSchema())
          // Rendered manifests of real charts have duplicate keys; the last counts, as for Go.
          .setAllowDuplicateKeys(true)
          .setMaxAliasesForCollections(10_000)
          .setCodePointLimit(CODE_POINTS)
          .build();

  private Documents() {}

  /** All documents that are not empty, in order. */
  static List<Object> of(String text) {
    List<Object> documents = new ArrayList<>();
    for (@Nullable Object document : new Load(SETTINGS).loadAllFromString(text)) {
      if (document != null) {
        documents.add(plain(document));
      }
    }
    return documents;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach(
            (key, item) -> copy.put(String.valueOf(key), item == null ? null : plain(item)));
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(item == null ? null : plain(item)));
        yield copy;
      }
      case Integer number -> BigDecimal.valueOf(number);
      case Long number -> BigDecimal.valueOf(number);
      case BigInteger number -> new BigDecimal(number);
      case Double number when Double.isFinite(number) -> BigDecimal.valueOf(number);
      default -> Objects.requireNonNull(value);
    };
  }
}
