package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.helmfile.LookupTemplates;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A tree of files out of texts, with one small good environment to change. */
record TextTree(Map<String, String> texts) implements FileTree {

  private static final String ENVIRONMENT =
      """
      apiVersion: hikkoshi.dev/v1alpha1
      kind: Environment
      metadata: {name: shop}
      spec:
        mode: act
        region: ap-northeast-1
        account: "111122223333"
        cluster: {config: cluster.yaml}
        apps: {helmfile: helmfile.yaml}
        routes:
          - name: web
            dns: {zone: example.com, record: www.example.com}
            backend: {ingress: {namespace: web, name: web}}
      """;
  static final String CLUSTER =
      """
      apiVersion: eksctl.io/v1alpha5
      kind: ClusterConfig
      metadata:
        version: "1.36" # the line
      iam: {serviceRoleARN: eks}
      vpc:
        subnets:
          private: {a: {id: subnet-a}, c: {id: subnet-c}}
      """;
  private static final String HELMFILE =
      """
      releases:
        - {name: web, namespace: web, chart: ./chart, values: [web.yaml]}
      """;

  TextTree {
    texts = new TreeMap<>(texts);
  }

  /** The good environment in a folder. */
  static TextTree in(String folder) {
    return new TextTree(
        Map.of(
            folder + "/environment.yaml", ENVIRONMENT,
            folder + "/cluster.yaml", CLUSTER,
            folder + "/helmfile.yaml", HELMFILE,
            folder + "/web.yaml", "a: 1\n",
            folder + "/chart/Chart.yaml", "name: web\n"));
  }

  TextTree with(String path, String text) {
    Map<String, String> next = new TreeMap<>(texts);
    next.put(path, text);
    return new TextTree(next);
  }

  TextTree replaced(String path, String from, String to) {
    return with(path, texts.getOrDefault(path, "").replace(from, to));
  }

  TextTree and(TextTree other) {
    Map<String, String> next = new TreeMap<>(texts);
    next.putAll(other.texts);
    return new TextTree(next);
  }

  List<Reading> read() {
    return Definitions.read(this, "", new LookupTemplates(), Secrets.NONE);
  }

  Definition definition() {
    return Definitions.good(read()).values().iterator().next();
  }

  @Override
  public String commit() {
    return "c";
  }

  @Override
  public Optional<byte[]> read(String path) {
    return Optional.ofNullable(texts.get(path)).map(t -> t.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<String> files(String directory) {
    return texts.keySet().stream()
        .filter(p -> directory.isEmpty() || p.startsWith(directory + "/"))
        .toList();
  }
}
