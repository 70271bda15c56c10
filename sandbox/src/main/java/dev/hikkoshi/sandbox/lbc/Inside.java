package dev.hikkoshi.sandbox.lbc;

import dev.hikkoshi.sandbox.cluster.ClusterAccess;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the controller reads and writes inside its cluster. */
final class Inside {

  static final ResourceDefinitionContext BINDINGS =
      new ResourceDefinitionContext.Builder()
          .withGroup("elbv2.k8s.aws")
          .withVersion("v1beta1")
          .withKind("TargetGroupBinding")
          .withPlural("targetgroupbindings")
          .withNamespaced(true)
          .build();

  private static final Logger LOG = System.getLogger(Inside.class.getName());
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final int NOT_FOUND = 404;

  private final ClusterAccess cluster;
  private final InstantSource clock;
  private final Map<String, String> said = new HashMap<>();

  Inside(ClusterAccess cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  KubernetesClient client() {
    return cluster.client();
  }

  MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      bindings() {
    return client().genericKubernetesResources(BINDINGS);
  }

  /** Brings in the CRD and the class; returns when bindings can be made. */
  void install() {
    try (InputStream in = Inside.class.getResourceAsStream("objects.yaml")) {
      client().load(Objects.requireNonNull(in)).serverSideApply();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    client()
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName("targetgroupbindings.elbv2.k8s.aws")
        .waitUntilCondition(
            crd ->
                crd != null
                    && crd.getStatus() != null
                    && crd.getStatus().getConditions().stream()
                        .anyMatch(
                            c -> c.getType().equals("Established") && c.getStatus().equals("True")),
            1,
            java.util.concurrent.TimeUnit.MINUTES);
  }

  private Resource<? extends HasMetadata> resource(HasMetadata object) {
    return client().resource(object);
  }

  void addFinalizer(HasMetadata object, String finalizer) {
    if (object.getMetadata().getFinalizers().contains(finalizer)) {
      return;
    }
    List<String> all = new ArrayList<>(object.getMetadata().getFinalizers());
    all.add(finalizer);
    finalizers(object, all);
  }

  void removeFinalizer(HasMetadata object, String finalizer) {
    List<String> all = new ArrayList<>(object.getMetadata().getFinalizers());
    if (all.remove(finalizer)) {
      finalizers(object, all);
    }
  }

  /** The version is sent along: a finalizer that somebody added meanwhile is not lost. */
  private void finalizers(HasMetadata object, List<String> all) {
    Map<String, Object> metadata =
        Map.of("finalizers", all, "resourceVersion", object.getMetadata().getResourceVersion());
    merge(object, Map.of("metadata", metadata), false);
  }

  void status(HasMetadata object, Map<String, Object> status) {
    merge(object, Map.of("status", status), true);
  }

  private void merge(HasMetadata object, Map<String, Object> patch, boolean status) {
    String json = client().getKubernetesSerialization().asJson(patch);
    try {
      if (status) {
        resource(object).subresource("status").patch(MERGE, json);
      } else {
        resource(object).patch(MERGE, json);
      }
    } catch (KubernetesClientException e) {
      if (e.getCode() != NOT_FOUND) {
        throw e;
      }
    }
  }

  /** Writes an event, unless the last one of this object said the same. */
  void say(HasMetadata object, String type, String reason, String message) {
    String key = object.getMetadata().getUid();
    if (message.equals(said.put(key, message))) {
      return;
    }
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName(object.getMetadata().getName() + ".")
            .withNamespace(object.getMetadata().getNamespace())
            .endMetadata()
            .withType(type)
            .withReason(reason)
            .withMessage(message.length() > 1000 ? message.substring(0, 1000) : message)
            .withCount(1)
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withNewSource(object.getKind().toLowerCase(java.util.Locale.ROOT), "")
            .withNewInvolvedObject()
            .withApiVersion(object.getApiVersion())
            .withKind(object.getKind())
            .withName(object.getMetadata().getName())
            .withNamespace(object.getMetadata().getNamespace())
            .withUid(key)
            .endInvolvedObject()
            .build();
    try {
      client().resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.log(Logger.Level.DEBUG, "an event was lost", e);
    }
  }

  void forget(HasMetadata object) {
    said.remove(object.getMetadata().getUid());
  }
}
