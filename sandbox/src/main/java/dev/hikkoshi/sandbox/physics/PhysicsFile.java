package dev.hikkoshi.sandbox.physics;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a physics file: YAML with a duration for each thing that shall differ from its base, such
 * as {@code {base: aws, creating: 90s, insync: 500ms}}.
 */
public final class PhysicsFile {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private PhysicsFile() {}

  /**
   * The physics of that name, or in that file.
   *
   * @param nameOrFile {@code fast}, {@code aws} or a path
   * @throws IllegalArgumentException for what cannot be read or does not fit; it says what was
   *     expected
   */
  public static Physics read(String nameOrFile) {
    return switch (nameOrFile) {
      case "fast" -> Physics.fast();
      case "aws" -> Physics.aws();
      default -> file(Path.of(nameOrFile));
    };
  }

  private static Physics file(Path path) {
    Map<String, String> values;
    try {
      values =
          new ObjectMapper(new YAMLFactory())
              .readValue(
                  Files.readString(path), new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "could not read physics from %s (fast, aws or a YAML file of durations): %s"
              .formatted(path, e.getMessage()),
          e);
    }
    String base = values.getOrDefault("base", "aws");
    if (!base.equals("aws") && !base.equals("fast")) {
      throw new IllegalArgumentException(path + ": base is '" + base + "', not aws or fast");
    }
    return with(read(base), values, path);
  }

  private static Physics with(Physics base, Map<String, String> values, Path path) {
    Map<String, String> left = new LinkedHashMap<>(values);
    left.remove("base");
    Physics read =
        new Physics(
            path.getFileName().toString(),
            take(left, "creating", base.creating(), path),
            take(left, "nodegroupCreating", base.nodegroupCreating(), path),
            take(left, "deleting", base.deleting(), path),
            take(left, "insync", base.insync(), path),
            take(left, "aliasTtl", base.aliasTtl(), path),
            take(left, "metricPeriod", base.metricPeriod(), path),
            take(left, "deregistration", base.deregistration(), path),
            take(left, "healthCheckFloor", base.healthCheckFloor(), path),
            take(left, "updating", base.updating(), path));
    if (!left.isEmpty()) {
      throw new IllegalArgumentException(
          path + ": unknown keys " + new TreeSet<>(left.keySet()) + "; see sandbox/README.md");
    }
    return read;
  }

  private static Duration take(Map<String, String> values, String key, Duration base, Path path) {
    String text = values.remove(key);
    if (text == null) {
      return base;
    }
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "%s: %s is '%s', not a duration such as 500ms, 30s, 8m".formatted(path, key, text));
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
