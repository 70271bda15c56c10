package dev.hikkoshi.sandbox.pods;

import dev.hikkoshi.sandbox.cluster.ClusterAccess;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.lang.System.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** What a kubelet writes: one patch a change, never onto a namesake of the pod. */
final class PodApi {

  private static final Logger LOG = System.getLogger(PodApi.class.getName());
  private static final Duration AGAIN = Duration.ofMillis(300);
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int INVALID = 422;

  private final ClusterAccess cluster;

  PodApi(ClusterAccess cluster) {
    this.cluster = cluster;
  }

  private KubernetesClient client() {
    return cluster.client();
  }

  /** Writes the status; tries again while the API server is away and the pod is not gone. */
  boolean write(Pod pod, PodStatus status, Stopping stopping) {
    Map<String, Object> patch =
        Map.of("metadata", Map.of("uid", pod.getMetadata().getUid()), "status", status);
    String json = client().getKubernetesSerialization().asJson(patch);
    return persist(
        stopping,
        () ->
            client()
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .subresource("status")
                .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), json));
  }

  /** Deletes the pod for good, as a kubelet does when all of it has ended. */
  void delete(Pod pod, Stopping stopping) {
    String path =
        "/api/v1/namespaces/%s/pods/%s"
            .formatted(pod.getMetadata().getNamespace(), pod.getMetadata().getName());
    var options =
        new DeleteOptionsBuilder()
            .withGracePeriodSeconds(0L)
            .withNewPreconditions(null, pod.getMetadata().getUid())
            .build();
    persist(stopping, () -> client().raw(path, "DELETE", options));
  }

  private boolean persist(Stopping stopping, Runnable write) {
    while (!stopping.gone()) {
      try {
        write.run();
        return true;
      } catch (KubernetesClientException e) {
        if (e.getCode() == NOT_FOUND || e.getCode() == CONFLICT) {
          return false;
        }
        if (e.getCode() == INVALID) {
          LOG.log(Logger.Level.ERROR, "the API server refuses a pod's status", e);
          return false;
        }
        if (!stopping.linger(AGAIN)) {
          return false;
        }
      }
    }
    return false;
  }

  /** Writes a warning; one that cannot be written is lost, as with a kubelet. */
  void warn(Pod pod, String reason, String message, Instant now) {
    String time = PodStatuses.text(now);
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName(pod.getMetadata().getName() + ".")
            .withNamespace(pod.getMetadata().getNamespace())
            .endMetadata()
            .withType("Warning")
            .withReason(reason)
            .withMessage(message)
            .withCount(1)
            .withFirstTimestamp(time)
            .withLastTimestamp(time)
            .withNewSource("kubelet", pod.getSpec().getNodeName())
            .withNewInvolvedObject()
            .withApiVersion("v1")
            .withKind("Pod")
            .withName(pod.getMetadata().getName())
            .withNamespace(pod.getMetadata().getNamespace())
            .withUid(pod.getMetadata().getUid())
            .endInvolvedObject()
            .build();
    try {
      client().resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.log(Logger.Level.DEBUG, "an event was lost", e);
    }
  }
}
