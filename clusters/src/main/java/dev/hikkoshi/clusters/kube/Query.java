package dev.hikkoshi.clusters.kube;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Query strings of the API. */
final class Query {

  private Query() {}

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  /** A path without its query, for messages. */
  static String plain(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }
}
