package dev.hikkoshi.clusters.charts;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hikkoshi.environments.port.ChartSource.Login;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Credentials for chart servers, by origin. One for another origin is never sent. */
@FunctionalInterface
public interface Logins {

  /** Everything is anonymous. */
  Logins NONE = _ -> Optional.empty();

  /**
   * The login for a server.
   *
   * @param url of a repository or registry
   */
  Optional<Login> forServer(String url);

  /**
   * Logins in a file, which is read with each fetch so that a rotated password needs no restart.
   *
   * @param file JSON: {@code {"https://charts.example.com": {"username": "…", "password": "…"}}},
   *     for registries {@code oci://…}
   */
  static Logins in(Path file) {
    return url -> Origin.of(url).flatMap(origin -> Stored.read(file, origin));
  }

  /** How the file is read. */
  final class Stored {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 1 << 20;

    private Stored() {}

    private static Optional<Login> read(Path file, Origin wanted) {
      Map<String, Login> logins;
      try {
        if (Files.size(file) > MOST_BYTES) {
          throw unreadable(file);
        }
        logins = JSON.readValue(file.toFile(), new TypeReference<Map<String, Login>>() {});
      } catch (IOException _) {
        // The cause repeats what stands in the file.
        throw unreadable(file);
      }
      return logins.entrySet().stream()
          .filter(
              entry ->
                  Origin.of(entry.getKey()).filter(o -> o.text().equals(wanted.text())).isPresent())
          .map(Map.Entry::getValue)
          .findFirst();
    }

    private static ChartException unreadable(Path file) {
      return new ChartException(
          ChartException.Reason.UNREACHABLE,
          "The file of logins for chart servers cannot be read: " + file);
    }
  }
}
