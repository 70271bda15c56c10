package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.environments.helmfile.Helmfile;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Entry;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an environment.yaml says of its helmfile. Only that is looked at: a mistake elsewhere in the
 * file is {@code validate}'s to tell, and no reason not to render.
 *
 * @param helmfile relative to the environment's folder
 * @param environment helmfile's
 * @param env what templates may ask for
 * @param facts state values that are the same for every cluster of the environment
 */
record EnvironmentApps(
    String helmfile,
    String environment,
    String selector,
    Map<String, String> env,
    Map<String, Object> facts) {

  /** Without an environment.yaml. */
  static final EnvironmentApps NONE =
      new EnvironmentApps("", Helmfile.DEFAULT_ENVIRONMENT, "", Map.of(), Map.of());

  EnvironmentApps {
    env = Map.copyOf(env);
    facts = Map.copyOf(facts);
  }

  /**
   * Reads the file.
   *
   * @throws CliException when it is no YAML, or has no {@code spec.apps.helmfile}
   */
  static EnvironmentApps read(Path file) {
    Problems problems = new Problems();
    Optional<Node> root;
    try {
      root = Yaml.one(file.toString(), Files.readAllBytes(file), problems);
    } catch (IOException e) {
      throw new CliException(Exit.ERROR, file + " cannot be read", "");
    }
    Optional<Node> spec = at(root, "spec");
    Optional<Node> apps = at(spec, "apps");
    Optional<String> helmfile = text(apps, "helmfile");
    if (helmfile.isEmpty()) {
      throw new CliException(
          Exit.ERROR,
          file + " names no helmfile (spec.apps.helmfile)",
          "--file FILE names one; hikkoshi validate says what is wrong with the file.");
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    text(at(root, "metadata"), "name").ifPresent(name -> facts.put("environmentName", name));
    text(spec, "region").ifPresent(region -> facts.put("region", region));
    text(spec, "account").ifPresent(account -> facts.put("account", account));
    return new EnvironmentApps(
        helmfile.get(),
        text(apps, "environment").orElse(Helmfile.DEFAULT_ENVIRONMENT),
        text(apps, "selector").orElse(""),
        texts(at(apps, "env")),
        facts);
  }

  private static Optional<Node> at(Optional<Node> node, String key) {
    return node.flatMap(n -> n instanceof Mapping map ? map.at(key) : Optional.empty());
  }

  private static Optional<String> text(Optional<Node> node, String key) {
    return at(node, key)
        .flatMap(n -> n instanceof Scalar s ? Optional.of(s.text()) : Optional.empty());
  }

  private static Map<String, String> texts(Optional<Node> node) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (node.orElse(null) instanceof Mapping map) {
      for (Entry entry : map.entries()) {
        if (entry.value() instanceof Scalar value) {
          texts.put(entry.key().text(), value.text());
        }
      }
    }
    return texts;
  }
}
