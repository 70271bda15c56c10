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

/** YAML text as plain trees, with the eyes of both of Go's readers ({@link TwoYamls}). */
final class Documents {

  private static final int CODE_POINTS = 256 << 20;
  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setSchema(new TwoYamls())
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
            (key, item) ->
                copy.put(
                    key instanceof TwoYamls.Word word ? word.text() : String.valueOf(key),
                    item == null ? null : plain(item)));
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
