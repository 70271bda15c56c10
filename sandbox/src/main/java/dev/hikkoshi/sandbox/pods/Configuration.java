package dev.hikkoshi.sandbox.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a container is configured with. Values of Secrets are looked for and never read out. */
final class Configuration {

  private static final String SECRET = "(secret)";
  private static final int MOST_VARIABLES = 200;
  private static final int LONGEST = 1_024;
  private static final Pattern REFERENCE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_.-]*)\\)");
  private static final Pattern KEYED =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.+)'\\]");

  private final KubernetesClient client;

  Configuration(KubernetesClient client) {
    this.client = client;
  }

  /** Something that a container names is not there; the message is a kubelet's. */
  static final class Missing extends Exception {
    private static final long serialVersionUID = 1L;

    Missing(String message) {
      super(message);
    }
  }

  /** The environment, by name, in order; values are cut at {@value #LONGEST} characters. */
  Map<String, String> environment(Pod pod, Container container, String podIp, String hostIp)
      throws Missing {
    Map<String, String> all = new LinkedHashMap<>();
    for (EnvFromSource source : container.getEnvFrom()) {
      from(pod, source, all);
    }
    for (EnvVar variable : container.getEnv()) {
      EnvVarSource source = variable.getValueFrom();
      String value =
          source == null
              ? expanded(Objects.requireNonNullElse(variable.getValue(), ""), all)
              : value(pod, source, podIp, hostIp);
      if (value != null && all.size() < MOST_VARIABLES) {
        all.put(variable.getName(), cut(value));
      }
    }
    return all;
  }

  private static String cut(String value) {
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
  }

  private static String expanded(String value, Map<String, String> known) {
    return REFERENCE
        .matcher(value)
        .replaceAll(
            match -> Matcher.quoteReplacement(known.getOrDefault(match.group(1), match.group())));
  }

  private void from(Pod pod, EnvFromSource source, Map<String, String> into) throws Missing {
    String prefix = Objects.requireNonNullElse(source.getPrefix(), "");
    if (source.getConfigMapRef() != null) {
      boolean optional = Boolean.TRUE.equals(source.getConfigMapRef().getOptional());
      configMap(pod, source.getConfigMapRef().getName(), optional)
          .ifPresent(data -> data.forEach((key, value) -> into.put(prefix + key, cut(value))));
    }
    if (source.getSecretRef() != null) {
      boolean optional = Boolean.TRUE.equals(source.getSecretRef().getOptional());
      secret(pod, source.getSecretRef().getName(), optional)
          .ifPresent(data -> data.keySet().forEach(key -> into.put(prefix + key, SECRET)));
    }
  }

  private @Nullable String value(Pod pod, EnvVarSource source, String podIp, String hostIp)
      throws Missing {
    if (source.getConfigMapKeyRef() != null) {
      var ref = source.getConfigMapKeyRef();
      boolean optional = Boolean.TRUE.equals(ref.getOptional());
      return key(
          pod,
          "ConfigMap",
          configMap(pod, ref.getName(), optional),
          ref.getName(),
          ref.getKey(),
          optional);
    }
    if (source.getSecretKeyRef() != null) {
      var ref = source.getSecretKeyRef();
      boolean optional = Boolean.TRUE.equals(ref.getOptional());
      String found =
          key(
              pod,
              "Secret",
              secret(pod, ref.getName(), optional),
              ref.getName(),
              ref.getKey(),
              optional);
      return found == null ? null : SECRET;
    }
    return source.getFieldRef() == null
        ? ""
        : field(pod, source.getFieldRef().getFieldPath(), podIp, hostIp);
  }

  private static @Nullable String key(
      Pod pod,
      String kind,
      Optional<Map<String, String>> data,
      String name,
      String key,
      boolean optional)
      throws Missing {
    String value = data.map(d -> d.get(key)).orElse(null);
    if (value == null && !optional) {
      throw new Missing(
          "couldn't find key %s in %s %s/%s"
              .formatted(key, kind, pod.getMetadata().getNamespace(), name));
    }
    return value;
  }

  private static String field(Pod pod, String path, String podIp, String hostIp) {
    Matcher keyed = KEYED.matcher(path);
    if (keyed.matches()) {
      Map<String, String> all =
          keyed.group(1).equals("labels")
              ? pod.getMetadata().getLabels()
              : pod.getMetadata().getAnnotations();
      return all == null ? "" : all.getOrDefault(keyed.group(2), "");
    }
    return switch (path) {
      case "metadata.name" -> pod.getMetadata().getName();
      case "metadata.namespace" -> pod.getMetadata().getNamespace();
      case "metadata.uid" -> pod.getMetadata().getUid();
      case "spec.nodeName" -> pod.getSpec().getNodeName();
      case "spec.serviceAccountName" -> pod.getSpec().getServiceAccountName();
      case "status.podIP", "status.podIPs" -> podIp;
      case "status.hostIP", "status.hostIPs" -> hostIp;
      default -> "";
    };
  }

  /** Makes sure that what the pod mounts is there. */
  void mounts(Pod pod) throws Missing {
    for (Volume volume : pod.getSpec().getVolumes()) {
      if (volume.getConfigMap() != null) {
        boolean optional = Boolean.TRUE.equals(volume.getConfigMap().getOptional());
        mount(
            volume,
            configMap(pod, volume.getConfigMap().getName(), true).isPresent(),
            optional,
            "configmap",
            volume.getConfigMap().getName());
      }
      if (volume.getSecret() != null) {
        boolean optional = Boolean.TRUE.equals(volume.getSecret().getOptional());
        mount(
            volume,
            secret(pod, volume.getSecret().getSecretName(), true).isPresent(),
            optional,
            "secret",
            volume.getSecret().getSecretName());
      }
    }
  }

  private static void mount(
      Volume volume, boolean there, boolean optional, String kind, String name) throws Missing {
    if (!there && !optional) {
      throw new Missing(
          "MountVolume.SetUp failed for volume \"%s\" : %s \"%s\" not found"
              .formatted(volume.getName(), kind, name));
    }
  }

  private Optional<Map<String, String>> configMap(Pod pod, String name, boolean optional)
      throws Missing {
    var found =
        client.configMaps().inNamespace(pod.getMetadata().getNamespace()).withName(name).get();
    return there(
        found == null ? null : found.getData(), found != null, optional, "configmap", name);
  }

  private Optional<Map<String, String>> secret(Pod pod, String name, boolean optional)
      throws Missing {
    var found = client.secrets().inNamespace(pod.getMetadata().getNamespace()).withName(name).get();
    return there(found == null ? null : found.getData(), found != null, optional, "secret", name);
  }

  private static Optional<Map<String, String>> there(
      @Nullable Map<String, String> data, boolean found, boolean optional, String kind, String name)
      throws Missing {
    if (!found && !optional) {
      throw new Missing("%s \"%s\" not found".formatted(kind, name));
    }
    return found ? Optional.of(data == null ? Map.of() : data) : Optional.empty();
  }
}
