package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list: the token names the last item of the page before, so that a list that changes
 * in between neither repeats nor skips what stays.
 */
record Pages(List<String> items, @Nullable String nextToken) {

  private static final int MOST = 100;

  static Pages of(AwsRequest request, List<String> sorted) {
    return of(
        request.query("maxResults").orElse(String.valueOf(MOST)),
        request.query("nextToken").orElse(""),
        sorted);
  }

  static Pages of(String maxResults, String nextToken, List<String> sorted) {
    int most;
    try {
      most = Integer.parseInt(maxResults);
    } catch (NumberFormatException e) {
      throw EksErrors.invalidParameter("maxResults is not a number: " + maxResults);
    }
    if (most < 1 || most > MOST) {
      throw EksErrors.invalidParameter("maxResults must be between 1 and " + MOST);
    }
    String after = decoded(nextToken);
    List<String> rest = sorted.stream().filter(item -> item.compareTo(after) > 0).toList();
    List<String> page = rest.stream().limit(most).toList();
    return new Pages(page, rest.size() > most ? encoded(page.getLast()) : null);
  }

  /** The answer of a listing. */
  static ObjectNode answer(String member, Pages page) {
    ObjectNode out = Views.object();
    ArrayNode items = out.putArray(member);
    page.items().forEach(items::add);
    if (page.nextToken() != null) {
      out.put("nextToken", page.nextToken());
    }
    return out;
  }

  private static String encoded(String item) {
    byte[] bytes = item.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw EksErrors.invalidParameter("invalid nextToken");
    }
  }
}
