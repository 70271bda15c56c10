package dev.hikkoshi.gitsync;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * A remote's address that holds no secret and one of four schemes; Git's others (dumb protocols,
 * helpers that start programs) are refused.
 */
record RemoteUrl(URIish uri, Kind kind) {

  enum Kind {
    HTTP,
    SSH,
    FILE
  }

  private static final Pattern HELPER = Pattern.compile("[A-Za-z0-9+.-]+::");
  private static final Set<String> HTTP = Set.of("http", "https");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException naming the source, never the address when it holds a password
   */
  static RemoteUrl parse(String source, String url) {
    URIish uri = parsed(source, url);
    Kind kind = kind(source, uri);
    if (uri.getPass() != null || (kind == Kind.HTTP && uri.getUser() != null)) {
      throw new IllegalArgumentException(
          "source " + source + ": no user or password in the url; use credentials");
    }
    if (kind != Kind.FILE && (uri.getHost() == null || uri.getHost().isEmpty())) {
      throw new IllegalArgumentException("source " + source + ": url without a host");
    }
    return new RemoteUrl(uri, kind);
  }

  private static URIish parsed(String source, String url) {
    if (HELPER.matcher(url).lookingAt()) {
      throw new IllegalArgumentException("source " + source + ": the url names a helper program");
    }
    try {
      return new URIish(url);
    } catch (URISyntaxException e) {
      // Without the cause: its text holds the address.
      throw new IllegalArgumentException("source " + source + ": the url cannot be read");
    }
  }

  private static Kind kind(String source, URIish uri) {
    String scheme = scheme(uri.getScheme());
    if (HTTP.contains(scheme)) {
      return Kind.HTTP;
    }
    if (scheme.equals("ssh") || (scheme.isEmpty() && uri.getHost() != null)) {
      return Kind.SSH;
    }
    if (scheme.equals("file")) {
      return Kind.FILE;
    }
    throw new IllegalArgumentException(
        "source "
            + source
            + ": url must begin with https://, http://, ssh://, user@host: or file://");
  }

  /** Whether an address has scheme, host and port of this one. */
  boolean sameOrigin(URL other) {
    return scheme(uri.getScheme()).equals(scheme(other.getProtocol()))
        && other.getHost().equalsIgnoreCase(uri.getHost())
        && port(other.getProtocol(), other.getPort()) == port(uri.getScheme(), uri.getPort());
  }

  /** Whether credentials of this remote may be given to whoever asks in the name of an address. */
  boolean sameOrigin(URIish other) {
    try {
      return sameOrigin(URI.create(other.setRawPath("/").toString()).toURL());
    } catch (Exception _) {
      return false;
    }
  }

  private static String scheme(@Nullable String scheme) {
    return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
  }

  private static int port(@Nullable String scheme, int port) {
    if (port > 0) {
      return port;
    }
    return scheme(scheme).equals("https") ? 443 : 80;
  }
}
