package dev.hikkoshi.clusters.metrics;

import java.net.URI;
import java.util.Locale;

/**
 * Where a provider is asked: https, or http where nobody can listen.
 *
 * @param base without a query, a fragment, a user or a slash at its end
 */
record Address(URI base) {

  /**
   * An address out of configuration.
   *
   * @param plain whether http is good enough beyond loopback; never together with credentials
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Address of(String text, boolean plain) {
    URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    if (uri.getHost() == null || uri.getScheme() == null) {
      throw new IllegalArgumentException("an address is https://HOST[:PORT][/PATH]");
    }
    if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
      throw new IllegalArgumentException("an address has no user, query or fragment");
    }
    boolean fine =
        switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
          case "https" -> true;
          case "http" -> plain || loopback(uri.getHost());
          default -> false;
        };
    if (!fine) {
      throw new IllegalArgumentException(
          "%s://%s: only https, except on loopback".formatted(uri.getScheme(), uri.getHost()));
    }
    return new Address(uri);
  }

  /** By its text: a name that resolves to loopback today may not tomorrow. */
  private static boolean loopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }

  URI at(String path) {
    return URI.create(base + path);
  }

  /** Host and port, for messages. */
  String place() {
    return base.getAuthority();
  }
}
