package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Unreadable;
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
 * @param helmfile relative to the environment's folder; empty for what helmfile finds there
 * @param environment helmfile's
 * @param env what templates may ask for
 * @param facts state values that are the same for every cluster of the environment
 * @param home empty without an environment.yaml
 */
record EnvironmentApps(
    String helmfile,
    String environment,
    String selector,
    Map<String, String> env,
    Map<String, Object> facts,
    Optional<Home> home) {

  /** Without an environment.yaml. */
  static final EnvironmentApps NONE =
      new EnvironmentApps(
          "", Helmfile.DEFAULT_ENVIRONMENT, "", Map.of(), Map.of(), Optional.empty());

  /**
   * Where an environment's clusters are; what is not said is empty.
   *
   * @param former its name before, which its older clusters still carry
   */
  record Home(Path file, String name, String region, String account, Optional<String> former) {}

  EnvironmentApps {
    env = Map.copyOf(env);
    facts = Map.copyOf(facts);
  }

  /**
   * Reads the file.
   *
   * @throws CliException when it is no YAML, or has no {@code spec.apps}
   */
  static EnvironmentApps read(Path file) {
    Problems problems = new Problems();
    Optional<Node> root;
    try {
      root = Yaml.one(file.toString(), Files.readAllBytes(file), problems);
    } catch (IOException e) {
      throw new CliException(Exit.ERROR, file + " cannot be read: " + Unreadable.why(e), "");
    }
    Optional<Node> spec = at(root, "spec");
    Optional<Node> apps = at(spec, "apps");
    if (apps.isEmpty()) {
      throw new CliException(
          Exit.ERROR,
          file + " has no releases (spec.apps)",
          "--file FILE names one; hikkoshi validate says what is wrong with the file.");
    }
    Optional<Node> metadata = at(root, "metadata");
    Map<String, Object> facts = new LinkedHashMap<>();
    text(metadata, "name").ifPresent(name -> facts.put("environmentName", name));
    text(spec, "region").ifPresent(region -> facts.put("region", region));
    text(spec, "account").ifPresent(account -> facts.put("account", account));
    return new EnvironmentApps(
        text(apps, "helmfile").orElse(""),
        text(apps, "environment").orElse(Helmfile.DEFAULT_ENVIRONMENT),
        text(apps, "selector").orElse(""),
        texts(at(apps, "env")),
        facts,
        Optional.of(
            new Home(
                file,
                text(metadata, "name").orElse(""),
                text(spec, "region").orElse(""),
                text(spec, "account").orElse(""),
                text(metadata, "renamedFrom"))));
  }

  /** The name that the file gives its environment; empty when it cannot be read. */
  static Optional<String> nameIn(byte[] content) {
    return text(at(Yaml.one("environment.yaml", content, new Problems()), "metadata"), "name");
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
