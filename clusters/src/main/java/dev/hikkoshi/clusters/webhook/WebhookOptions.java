package dev.hikkoshi.clusters.webhook;

import dev.hikkoshi.environments.collection.Sorted;
import java.net.URI;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** Headers that an installation may send with questions, by the names that definitions use. */
public record WebhookOptions(SortedMap<String, Header> headers) {

  public WebhookOptions {
    headers = Sorted.copyOf(headers);
  }

  /** No header is known. */
  public static WebhookOptions none() {
    return new WebhookOptions(new TreeMap<>());
  }

  /**
   * A header and the only place where it is sent to: a definition names it, and a definition is
   * written by more people than may know it.
   *
   * @param url https; the addresses below it are those that get the header
   * @param credentials folder with {@code token} (sent as {@code Authorization: Bearer}) or {@code
   *     authorization} (sent as it is)
   */
  public record Header(String url, Path credentials) {

    public Header {
      URI uri = URI.create(url);
      if (!"https".equals(uri.getScheme()) && !loopback(uri) || uri.getHost() == null) {
        throw new IllegalArgumentException("an address is https://HOST[:PORT][/PATH]");
      }
      if (uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
        throw new IllegalArgumentException("an address has no user, query or fragment");
      }
    }

    /** Whether a question may carry this header: same origin, and at or below its path. */
    boolean goesTo(URI question) {
      URI own = URI.create(url);
      boolean origin =
          own.getScheme().equals(question.getScheme())
              && own.getRawAuthority().equals(question.getRawAuthority());
      String base = own.getRawPath().endsWith("/") ? own.getRawPath() : own.getRawPath() + "/";
      String path = question.normalize().getRawPath() + "/";
      // What a server may read as a way up is not below anything.
      boolean plain = !question.getRawPath().contains("%") && !question.getRawPath().contains("..");
      return origin && plain && path.startsWith(base);
    }

    private static boolean loopback(URI uri) {
      return "http".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getHost().matches("localhost|\\[::1]|127(\\.\\d{1,3}){3}");
    }
  }
}
