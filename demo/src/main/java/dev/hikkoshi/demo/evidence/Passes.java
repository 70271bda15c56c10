package dev.hikkoshi.demo.evidence;

import dev.hikkoshi.demo.DemoException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Pattern;

/** Counts passes by the controller's metrics, in Prometheus' text format. */
final class Passes {

  private static final Pattern LINE =
      Pattern.compile("hikkoshi_passes_seconds_count\\{([^}]*)} ([0-9.E+]+)");

  private Passes() {}

  static long of(URI controller, String environment) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(controller.resolve("/q/metrics"))
              .timeout(Duration.ofSeconds(10))
              .build();
      return in(http.send(request, BodyHandlers.ofString()).body(), environment);
    } catch (IOException e) {
      throw new DemoException("the controller's metrics cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted", e);
    }
  }

  /** All passes over an environment, whatever they ended in. */
  static long in(String metrics, String environment) {
    String label = "environment=\"" + environment + "\"";
    return LINE.matcher(metrics)
        .results()
        .filter(line -> line.group(1).contains(label))
        .mapToLong(line -> (long) Double.parseDouble(line.group(2)))
        .sum();
  }
}
