package dev.hikkoshi.cli.folder;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.apps.BuildText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The text of a new environment.yaml, in mode {@code observe}. */
public final class EnvironmentText {

  private final StringBuilder text = new StringBuilder();

  /**
   * Of an environment without apps and routes.
   *
   * @throws CliException when there is no region
   */
  public EnvironmentText(String name, String account, String region) {
    if (region.isEmpty()) {
      throw new CliException(
          Exit.ERROR, "the cluster's file names no region", "eksctl wants it too: metadata.region");
    }
    text.append(
        """
        apiVersion: hikkoshi.dev/v1alpha1
        kind: Environment
        metadata:
          name: %s
        spec:
          mode: observe # it reads and reports, and writes nothing; then plan, then act
          region: %s
          account: "%s" # in any other account nothing is done
          cluster:
            config: cluster.yaml
        """
            .formatted(name, region, account));
  }

  /** Its first cluster is one that Hikkoshi did not build. */
  public EnvironmentText adopting(String cluster) {
    text.append("    adopt: ")
        .append(cluster)
        .append(" # built by others; the line stays until that cluster is gone\n");
    return this;
  }

  /**
   * Its releases.
   *
   * @param helmfile as the folder names it; nothing is said when empty
   * @param environment helmfile's
   */
  public EnvironmentText apps(Optional<String> helmfile, Optional<String> environment) {
    helmfile.ifPresent(
        path -> {
          text.append("  apps:\n    helmfile: ").append(path).append("\n");
          environment.ifPresent(e -> text.append("    environment: ").append(e).append("\n"));
        });
    return this;
  }

  /** Its routes, as plain values. */
  public EnvironmentText routes(List<Map<String, Object>> routes) {
    if (routes.isEmpty()) {
      return this;
    }
    String block =
        BuildText.of(Map.of("routes", routes))
            .lines()
            .map(line -> "  " + line)
            .collect(Collectors.joining("\n"));
    text.append(block).append("\n");
    return this;
  }

  /** The whole. */
  public String text() {
    return text.toString();
  }
}
