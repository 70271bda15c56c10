package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.cluster.ClusterOptions;
import dev.hikkoshi.clusters.kube.Discovery;
import dev.hikkoshi.clusters.kube.KubeApi;
import dev.hikkoshi.clusters.kube.Kubeconfig;
import dev.hikkoshi.clusters.kube.NoSuchContextException;
import dev.hikkoshi.environments.observed.Facts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A cluster that releases are compared with.
 *
 * @param name the cluster's, or the context, for people
 * @param facts what is known of a cluster of an environment
 */
public record LiveCluster(String name, KubeApi api, Discovery discovery, Optional<Facts> facts) {

  /**
   * Connects; nothing is asked yet.
   *
   * @throws CliException when the kubeconfig cannot be read
   */
  public static LiveCluster open(Optional<Path> kubeconfig, Optional<String> context) {
    kubeconfig
        .filter(file -> !Files.isReadable(file))
        .ifPresent(
            file -> {
              throw new CliException(
                  Exit.UNREADABLE, "the kubeconfig " + file + " cannot be read", "");
            });
    try {
      KubeApi api = Kubeconfig.open(kubeconfig, context);
      return new LiveCluster(
          context.orElse("the current context"), api, new Discovery(api), Optional.empty());
    } catch (NoSuchContextException e) {
      throw ClusterOptions.unknown(e);
    } catch (RuntimeException e) {
      // The texts of the client may quote the kubeconfig, which holds secrets.
      throw new CliException(
          Exit.UNREADABLE,
          "the kubeconfig cannot be used (%s)".formatted(e.getClass().getSimpleName()),
          "kubectl config get-contexts shows what is in it.");
    }
  }

  /** The server's version, as charts see it. */
  public String kubeVersion() {
    return api.get("/version")
        .map(version -> version.path("gitVersion").asText())
        .filter(version -> !version.isEmpty())
        .orElseThrow(
            () -> new CliException(Exit.UNREADABLE, name + " does not say its version", ""));
  }
}
