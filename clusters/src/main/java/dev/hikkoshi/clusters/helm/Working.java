package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.health.Selectors;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.clusters.kube.LiveObjects;
import dev.hikkoshi.clusters.kube.ObjectKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether serving-only work has stopped: it must not be able to start by itself, and nothing of
 * what it started may be left. What a controller has not taken in yet counts as running.
 */
final class Working {

  private final LiveObjects live;
  private final ObjectWriter writer;

  Working(LiveObjects live, ObjectWriter writer) {
    this.live = live;
    this.writer = writer;
  }

  /** A sentence for each object that runs or may start; none when all has stopped. */
  List<String> of(Collection<ObjectKey> servingOnly) {
    List<String> sentences = new ArrayList<>();
    for (ObjectKey key : servingOnly) {
      // Also when it lost the label by which it is watched: the server itself is asked then.
      writer
          .current(key)
          .flatMap(this::running)
          .ifPresent(why -> sentences.add(key.path() + ": " + why));
    }
    return sentences;
  }

  private Optional<String> running(LiveObject object) {
    return switch (object.key().kind()) {
      case "CronJob" ->
          object.at("/spec/suspend").asBoolean()
              ? jobsOf(object)
              : Optional.of("it is not suspended");
      case "Job" -> job(object);
      case "Deployment", "StatefulSet", "ReplicaSet" -> scaled(object);
      case "ScaledObject" -> target(object);
      case "ScaledJob" ->
          object.annotation("autoscaling.keda.sh/paused").filter("true"::equals).isPresent()
              ? jobsOf(object)
              : Optional.of("it is not paused");
      default -> Optional.of("nothing is known of how it stops");
    };
  }

  private Optional<String> jobsOf(LiveObject owner) {
    return live.in(owner.key().namespace(), "batch/v1", "Job")
        .filter(job -> ownedBy(job, owner))
        .map(this::unfinished)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> job(LiveObject job) {
    boolean over = finished(job);
    if (!over && !job.at("/spec/suspend").asBoolean()) {
      return Optional.of("it is neither suspended nor finished");
    }
    return podsOf(job);
  }

  private Optional<String> unfinished(LiveObject job) {
    return finished(job) ? podsOf(job) : Optional.of("its job " + job.key().name() + " still runs");
  }

  private static boolean finished(LiveObject job) {
    for (JsonNode condition : job.at("/status/conditions")) {
      String type = condition.path("type").asText();
      boolean end = type.equals("Complete") || type.equals("Failed");
      if (end && condition.path("status").asText().equals("True")) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> podsOf(LiveObject job) {
    return pods(live.in(job.key().namespace(), "v1", "Pod").filter(pod -> ownedBy(pod, job)));
  }

  private Optional<String> scaled(LiveObject workload) {
    if (workload.at("/spec/replicas").asInt(1) != 0) {
      return Optional.of("it is not scaled to none");
    }
    long seen = workload.at("/status/observedGeneration").asLong();
    if (seen < workload.at("/metadata/generation").asLong()) {
      return Optional.of("its controller has not seen yet that it is scaled to none");
    }
    return pods(
        live.in(workload.key().namespace(), "v1", "Pod")
            .filter(pod -> Selectors.workload(workload.at("/spec/selector"), pod)));
  }

  private Optional<String> target(LiveObject scaler) {
    boolean paused =
        scaler.annotation("autoscaling.keda.sh/paused-replicas").filter("0"::equals).isPresent();
    if (!paused) {
      return Optional.of("it is not paused");
    }
    JsonNode ref = scaler.at("/spec/scaleTargetRef");
    ObjectKey key =
        new ObjectKey(
            ref.path("apiVersion").asText("apps/v1"),
            ref.path("kind").asText("Deployment"),
            scaler.key().namespace(),
            ref.path("name").asText());
    return writer.current(key).flatMap(this::scaled);
  }

  /** Pods that end are there until they are gone. */
  private static Optional<String> pods(Stream<LiveObject> pods) {
    List<String> names =
        pods.filter(pod -> !over(pod)).map(pod -> pod.key().name()).sorted().toList();
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("%d pods are left, %s".formatted(names.size(), names.getFirst()));
  }

  private static boolean over(LiveObject pod) {
    String phase = pod.at("/status/phase").asText();
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  private static boolean ownedBy(LiveObject object, LiveObject owner) {
    for (JsonNode reference : object.at("/metadata/ownerReferences")) {
      if (reference.path("uid").asText().equals(owner.uid())) {
        return true;
      }
    }
    return false;
  }
}
