package dev.hikkoshi.sandbox.elb;

import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Lists in pages: the marker is the first item of the next page, so that none comes twice. */
final class Pages {

  private Pages() {}

  static <T> void write(
      Xml xml,
      Form form,
      String name,
      List<T> all,
      Function<T, String> id,
      BiConsumer<Xml, T> item) {
    int size = Refusal.number(form, "PageSize", 400, 1, 400);
    int from = form.one("Marker").filter(m -> !m.isEmpty()).map(m -> index(all, id, m)).orElse(0);
    int end = Math.min(all.size(), from + size);
    xml.list(name, "member", all.subList(from, end), item);
    if (end < all.size()) {
      xml.text("NextMarker", encoded(id.apply(all.get(end))));
    }
  }

  private static <T> int index(List<T> all, Function<T, String> id, String marker) {
    for (int i = 0; i < all.size(); i++) {
      if (encoded(id.apply(all.get(i))).equals(marker)) {
        return i;
      }
    }
    throw Refusal.invalid("The marker '" + marker + "' is not valid");
  }

  private static String encoded(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }
}
