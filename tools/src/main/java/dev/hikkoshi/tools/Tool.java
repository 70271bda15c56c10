package dev.hikkoshi.tools;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A binary that Hikkoshi runs, and the versions of it that are pinned here. */
public enum Tool {
  /** The Kubernetes API server, one per minor. */
  KUBE_APISERVER(GoModule.KUBERNETES, "k8s.io/kubernetes/cmd/kube-apiserver", "--version"),
  /** Runs the controllers of Deployments, Jobs, namespaces and the like. */
  KUBE_CONTROLLER_MANAGER(
      GoModule.KUBERNETES, "k8s.io/kubernetes/cmd/kube-controller-manager", "--version"),
  /** Puts pods on nodes. */
  KUBE_SCHEDULER(GoModule.KUBERNETES, "k8s.io/kubernetes/cmd/kube-scheduler", "--version"),
  /** The Kubernetes command line. */
  KUBECTL(GoModule.KUBERNETES, "k8s.io/kubernetes/cmd/kubectl", "version", "--client"),
  /** Holds the objects of all API servers, each under its prefix. */
  ETCD(GoModule.ETCD, "go.etcd.io/etcd/server/v3", "--version"),
  /** Plays nodes and pods. */
  KWOK(GoModule.KWOK, "sigs.k8s.io/kwok/cmd/kwok", "--version"),
  /** The Helm command line, for registries and as the judge of our releases. */
  HELM(GoModule.HELM, "helm.sh/helm/v4/cmd/helm", "version", "--short"),
  /** The render worker; ours, so never taken from elsewhere. */
  RENDER(GoModule.RENDER, "."),
  /** The judge of our reading of helmfiles; nothing that runs in production needs it. */
  HELMFILE(GoModule.HELMFILE, "github.com/helmfile/helmfile", "version", "--output", "short"),
  /** An OCI registry for proofs on loopback. */
  REGISTRY(GoModule.REGISTRY, "github.com/distribution/distribution/v3/cmd/registry", "--version"),
  /** A server of metrics, the judge of our questions to it. */
  PROMETHEUS(GoModule.PROMETHEUS, "github.com/prometheus/prometheus/cmd/prometheus", "--version");

  /** Kubernetes releases that one build plays by re-linking; newest first. */
  private static final List<String> KUBERNETES = List.of("1.37.2", "1.36.3", "1.35.4", "1.34.4");

  private final GoModule module;
  private final String goPackage;
  private final List<String> versionArguments;

  Tool(GoModule module, String goPackage, String... versionArguments) {
    this.module = module;
    this.goPackage = goPackage;
    this.versionArguments = List.of(versionArguments);
  }

  /** The file name of the binary, such as {@code kube-apiserver}. */
  public String binary() {
    return this == RENDER ? "hikkoshi-render" : name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The newest pinned version. */
  public Artifact pinned() {
    return new Artifact(this, versions().getFirst());
  }

  /**
   * The pinned version of a minor.
   *
   * @param minor such as {@code 1.36}
   * @throws IllegalArgumentException where that minor is not pinned; the message lists those that
   *     are
   */
  public Artifact at(String minor) {
    return versions().stream()
        .filter(version -> Artifact.minorOf(version).equals(minor))
        .findFirst()
        .map(version -> new Artifact(this, version))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s %s is not pinned; there are: %s"
                        .formatted(binary(), minor, String.join(", ", minors()))));
  }

  /** The pinned minors, newest first. */
  public List<String> minors() {
    return versions().stream().map(Artifact::minorOf).toList();
  }

  /** The tool of that file name, if there is one. */
  public static Optional<Tool> named(String binary) {
    return Stream.of(values())
        .filter(tool -> tool.binary().equals(binary) || tool.module.folder().equals(binary))
        .findFirst();
  }

  /**
   * What the sandbox and the demo need: the API server of two minors, and one of each other; not
   * the judges, which proofs build when they need them.
   */
  public static List<Artifact> standardSet() {
    return Stream.concat(
            Stream.of(KUBE_APISERVER.at("1.37"), KUBE_APISERVER.at("1.36")),
            Stream.of(values())
                .filter(tool -> tool != KUBE_APISERVER && !tool.judge())
                .map(Tool::pinned))
        .toList();
  }

  /** Whether only proofs and tests need it, so that it is built when one of them asks. */
  public boolean judge() {
    return module.judge();
  }

  GoModule module() {
    return module;
  }

  String goPackage() {
    return goPackage;
  }

  /** What makes the binary print its version; empty where only our own build will do. */
  List<String> versionArguments() {
    return versionArguments;
  }

  List<String> versions() {
    return switch (module) {
      case KUBERNETES -> KUBERNETES;
      case ETCD -> List.of("3.7.3");
      case KWOK -> List.of("0.8.0");
      case HELM -> List.of("4.3.1");
      case RENDER -> List.of("0.1.0");
      case HELMFILE -> List.of("1.8.0");
      case REGISTRY -> List.of("3.1.2");
      case PROMETHEUS -> List.of("3.16.0");
    };
  }

  /** Build tags: Prometheus without the ways of a dozen clouds to find targets. */
  List<String> tags() {
    return module == GoModule.PROMETHEUS ? List.of("remove_all_sd") : List.of();
  }

  /** Linker flags: small binaries that tell the truth about their version. */
  String ldflags(String version) {
    String stated =
        switch (module) {
          case KUBERNETES -> {
            String[] parts = version.split("\\.");
            String at = "-X k8s.io/component-base/version.";
            yield " %sgitVersion=v%s %sgitMajor=%s %sgitMinor=%s"
                .formatted(at, version, at, parts[0], at, parts[1]);
          }
          case ETCD -> "";
          case HELMFILE -> " -X go.szostok.io/version.version=" + version;
          case REGISTRY ->
              " -X github.com/distribution/distribution/v3/version.version=v" + version;
          case KWOK -> " -X sigs.k8s.io/kwok/pkg/consts.Version=v" + version;
          case HELM -> " -X helm.sh/helm/v4/internal/version.version=v" + version;
          case PROMETHEUS -> " -X github.com/prometheus/common/version.Version=" + version;
          case RENDER -> " -X helm.sh/helm/v4/internal/version.version=v4.3.1";
        };
    return "-s -w" + stated;
  }
}
