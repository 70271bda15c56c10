package dev.hikkoshi.clusters.kube;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as the user's own kubeconfig reaches it, for commands that a person runs. The
 * controller never goes this way ({@link KubeClients}).
 */
public final class Kubeconfig {

  private static final int CONNECT_MILLIS = 3_000;
  private static final int REQUEST_MILLIS = 20_000;

  private Kubeconfig() {}

  /**
   * Connects; nothing is asked yet.
   *
   * @param file else {@code KUBECONFIG}, {@code ~/.kube/config}, the account of the pod
   * @param context else the current one
   * @throws NoSuchContextException when it is not there
   */
  public static KubeApi open(Optional<Path> file, Optional<String> context) {
    Config config =
        new ConfigBuilder(config(file, context))
            .withConnectionTimeout(CONNECT_MILLIS)
            .withRequestTimeout(REQUEST_MILLIS)
            .withRequestRetryBackoffLimit(0)
            .build();
    return new KubeApi(
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientFactory(new JdkHttpClientFactory())
            .build());
  }

  /**
   * What a kubeconfig says.
   *
   * @param file else {@code KUBECONFIG}, {@code ~/.kube/config}, the account of the pod
   * @param context else the current one
   * @throws NoSuchContextException when it is not there: the client would silently take the current
   *     one, and a slip in a name must not end in another cluster
   */
  public static Config config(Optional<Path> file, Optional<String> context) {
    @Nullable String chosen = context.orElse(null);
    Config found =
        file.map(path -> Config.fromKubeconfig(chosen, path.toFile()))
            .orElseGet(() -> Config.autoConfigure(chosen));
    context
        .filter(name -> !name.equals(current(found)))
        .ifPresent(
            name -> {
              throw new NoSuchContextException(
                  name, found.getContexts().stream().map(NamedContext::getName).toList());
            });
    return found;
  }

  private static @Nullable String current(Config config) {
    return Optional.ofNullable(config.getCurrentContext()).map(NamedContext::getName).orElse(null);
  }
}
