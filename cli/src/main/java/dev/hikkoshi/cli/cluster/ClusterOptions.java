package dev.hikkoshi.cli.cluster;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.clusters.kube.NoSuchContextException;
import dev.hikkoshi.clusters.record.Management;
import dev.hikkoshi.environments.reading.Nearest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which management cluster, as kubectl asks for it. */
public final class ClusterOptions {

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = {
        "Kubeconfig of the management cluster",
        "(default: KUBECONFIG, ~/.kube/config, the pod's account)."
      })
  private @Nullable Path kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "Context of the kubeconfig.")
  private @Nullable String context;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description =
          "Where the controller keeps its objects (default: as kubectl and the controller: that of the context or the pod, else default).")
  private @Nullable String namespace;

  /**
   * Connects; nothing is asked yet.
   *
   * @throws CliException when no cluster is named anywhere, or the kubeconfig cannot be read
   */
  public ManagementCluster open(Session session) {
    if (!named(session)) {
      throw new CliException(
          Exit.UNREADABLE,
          "no management cluster: there is no --kubeconfig, no KUBECONFIG, no ~/.kube/config",
          "Name one with --kubeconfig FILE. A demo that is up prints its own.");
    }
    if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
      throw new CliException(
          Exit.UNREADABLE, "the kubeconfig " + kubeconfig + " cannot be read", "");
    }
    try {
      Management management =
          Management.connect(
              Optional.ofNullable(kubeconfig),
              Optional.ofNullable(context),
              Optional.ofNullable(namespace));
      return new ManagementCluster(management);
    } catch (NoSuchContextException e) {
      throw unknown(e);
    } catch (RuntimeException e) {
      // The texts of the client may quote the kubeconfig, which holds secrets.
      throw new CliException(
          Exit.UNREADABLE,
          "the kubeconfig cannot be used (%s)".formatted(e.getClass().getSimpleName()),
          "kubectl config get-contexts shows what is in it.");
    }
  }

  /** A context that a kubeconfig does not have, with those that it has. */
  public static CliException unknown(NoSuchContextException e) {
    String nearest =
        Nearest.to(e.context(), e.there()).map(n -> "; did you mean '" + n + "'?").orElse("");
    String there = e.there().isEmpty() ? "none" : String.join(", ", e.there());
    return new CliException(Exit.UNREADABLE, e.getMessage() + nearest, "There are: " + there + ".");
  }

  /** Whether any cluster is named, by flag, by file or by the pod. */
  public boolean named(Session session) {
    if (kubeconfig != null || session.variable("KUBECONFIG").isPresent()) {
      return true;
    }
    boolean pod = session.variable("KUBERNETES_SERVICE_HOST").isPresent();
    return pod
        || session
            .variable("HOME")
            .map(home -> Path.of(home, ".kube", "config"))
            .filter(Files::isReadable)
            .isPresent();
  }
}
