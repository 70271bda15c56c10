package dev.hikkoshi.clusters.charts;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Scheme, host and port of a server: whom a credential is for, and nobody else.
 *
 * @param text such as {@code https://charts.example.com:443}
 * @param host with its port where one is written, as registries are called
 */
record Origin(String text, String host) {

  private static final Set<String> SCHEMES = Set.of("http", "https", "oci");

  /** Empty for what is no address of a server that charts come from. */
  static Optional<Origin> of(String url) {
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if (!SCHEMES.contains(scheme) || uri.getHost() == null || uri.getUserInfo() != null) {
        return Optional.empty();
      }
      String name = uri.getHost().toLowerCase(Locale.ROOT);
      int standard = scheme.equals("http") ? 80 : 443;
      int port = uri.getPort() < 0 ? standard : uri.getPort();
      return Optional.of(
          new Origin(
              scheme + "://" + name + ":" + port,
              uri.getPort() < 0 ? name : name + ":" + uri.getPort()));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
