package dev.hikkoshi.clusters.elb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Structures of the SDK by all the fields that its model has, those of later versions of the API
 * included: as a hash, so that nothing of an action can change unseen, and as plain values, so that
 * nothing of it is left out of a command. In the hash what is absent and what is {@code false}
 * count as equal: ELBv2 answers either.
 */
final class Canonical {

  private Canonical() {}

  /** Hash of the structures without the fields of those names, wherever they are. */
  static String hash(List<? extends SdkPojo> all, Set<String> without) {
    String text =
        all.stream().map(one -> text(one, without).orElse("")).collect(Collectors.joining("\n"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Every field that is there, under the names of the API: what the AWS CLI takes as JSON. */
  static Map<String, Object> plain(SdkPojo pojo) {
    Map<String, Object> plain = new LinkedHashMap<>();
    fields(pojo).forEach((name, value) -> value(value).ifPresent(v -> plain.put(name, v)));
    return plain;
  }

  private static Optional<Object> value(@Nullable Object value) {
    return switch (value) {
      case null -> Optional.empty();
      case SdkPojo pojo -> Optional.of(plain(pojo));
      case Map<?, ?> map -> {
        Map<String, Object> entries = new TreeMap<>();
        map.forEach((k, v) -> value(v).ifPresent(p -> entries.put(String.valueOf(k), p)));
        yield entries.isEmpty() ? Optional.empty() : Optional.of(entries);
      }
      case List<?> list -> {
        List<Object> all = list.stream().flatMap(one -> value(one).stream()).toList();
        yield all.isEmpty() ? Optional.empty() : Optional.of(all);
      }
      case Number number -> Optional.of(number);
      case Boolean yes -> Optional.of(yes);
      default -> Optional.of(value.toString());
    };
  }

  private static Optional<String> text(@Nullable Object value, Set<String> without) {
    return switch (value) {
      case null -> Optional.empty();
      case Boolean no when !no -> Optional.empty();
      case SdkPojo pojo -> structure(fields(pojo), without);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> entries = new TreeMap<>();
        map.forEach((k, v) -> entries.put(String.valueOf(k), v));
        yield structure(entries, without);
      }
      case List<?> list -> {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> text(one, without).ifPresent(texts::add));
        yield texts.isEmpty() ? Optional.empty() : Optional.of(texts.toString());
      }
      default -> Optional.of("'" + value + "'");
    };
  }

  private static Map<String, @Nullable Object> fields(SdkPojo pojo) {
    Map<String, @Nullable Object> fields = new TreeMap<>();
    for (SdkField<?> field : pojo.sdkFields()) {
      fields.put(field.memberName(), field.getValueOrDefault(pojo));
    }
    return fields;
  }

  private static Optional<String> structure(
      Map<String, @Nullable Object> fields, Set<String> without) {
    List<String> texts = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          if (!without.contains(name)) {
            text(value, without).ifPresent(text -> texts.add(name + "=" + text));
          }
        });
    return texts.isEmpty() ? Optional.empty() : Optional.of(texts.toString());
  }
}
