package dev.hikkoshi.environments.check.outside;

import dev.hikkoshi.environments.observed.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pods that a workload makes.
 *
 * @param labels they get
 * @param containers init containers too
 */
record Pods(Map<?, ?> labels, List<Container> containers) {

  private static final Map<String, List<String>> TEMPLATE =
      Map.of(
          "Deployment", List.of("spec", "template"),
          "StatefulSet", List.of("spec", "template"),
          "DaemonSet", List.of("spec", "template"),
          "ReplicaSet", List.of("spec", "template"),
          "Job", List.of("spec", "template"),
          "Rollout", List.of("spec", "template"),
          "CronJob", List.of("spec", "jobTemplate", "spec", "template"),
          "ScaledJob", List.of("spec", "jobTargetRef", "template"),
          "Pod", List.of());

  /**
   * One container.
   *
   * @param words command and arguments
   * @param env by name; what comes from elsewhere has the reference's name in {@code from}
   * @param from ConfigMaps that it takes variables from
   */
  record Container(String image, List<String> words, Map<String, String> env, List<String> from) {

    /** Values of a flag given as {@code --flag=value} or {@code --flag value}. */
    List<String> flags(String flag) {
      List<String> values = new ArrayList<>();
      for (int i = 0; i < words.size(); i++) {
        String word = words.get(i);
        if (word.startsWith(flag + "=")) {
          values.add(word.substring(flag.length() + 1));
        } else if (word.equals(flag) && i + 1 < words.size() && !words.get(i + 1).startsWith("-")) {
          values.add(words.get(i + 1));
        }
      }
      return values;
    }

    Optional<String> flag(String flag) {
      return flags(flag).stream().findFirst();
    }

    /** Whether the image's name, without registry, tag and digest, is this one, or ends in it. */
    boolean image(String name) {
      String path = image.split("@", 2)[0];
      String last = path.substring(path.lastIndexOf('/') + 1).split(":", 2)[0];
      return last.equals(name) || last.endsWith("-" + name);
    }

    /** Whether some folder of the image's path is this one, for images named like their parts. */
    boolean imageIn(String folder) {
      return ("/" + image).contains("/" + folder + "/");
    }
  }

  static Pods of(Manifest object) {
    List<String> path = TEMPLATE.get(object.kind());
    if (path == null) {
      return new Pods(Map.of(), List.of());
    }
    Object template =
        path.isEmpty() ? object.tree() : object.at(path.toArray(String[]::new)).orElse(Map.of());
    List<Container> containers = new ArrayList<>();
    for (String list : List.of("initContainers", "containers")) {
      for (Object container : Texts.list(template, "spec", list)) {
        containers.add(container(container));
      }
    }
    return new Pods(Texts.map(template, "metadata", "labels"), containers);
  }

  private static Container container(Object tree) {
    List<String> words = new ArrayList<>();
    Texts.list(tree, "command").forEach(w -> words.add(String.valueOf(w)));
    Texts.list(tree, "args").forEach(w -> words.add(String.valueOf(w)));
    Map<String, String> env = new LinkedHashMap<>();
    for (Object variable : Texts.list(tree, "env")) {
      Texts.text(variable, "name")
          .ifPresent(name -> env.put(name, Texts.text(variable, "value").orElse("")));
    }
    List<String> from = new ArrayList<>();
    for (Object source : Texts.list(tree, "envFrom")) {
      Texts.text(source, "configMapRef", "name").ifPresent(from::add);
    }
    for (Object variable : Texts.list(tree, "env")) {
      Texts.text(variable, "valueFrom", "configMapKeyRef", "name").ifPresent(from::add);
    }
    return new Container(Texts.text(tree, "image").orElse(""), words, env, from);
  }
}
