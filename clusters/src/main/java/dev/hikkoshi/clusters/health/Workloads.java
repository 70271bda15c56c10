package dev.hikkoshi.clusters.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.health.Conditions.Condition;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import java.util.List;
import java.util.Optional;

/**
 * Workloads: as many pods as asked for, of the newest kind, available. The rules are those of
 * {@code kubectl rollout status}; the reason is looked for in the pods.
 */
final class Workloads {

  private static final Health GOOD = new Health.Healthy();

  private Workloads() {}

  static Health deployment(LiveObject d, List<LiveObject> pods) {
    Optional<Condition> late =
        Conditions.whenFalse(d, "Progressing")
            .filter(c -> c.reason().equals("ProgressDeadlineExceeded"));
    if (late.isPresent()) {
      return PodTrouble.worst(pods)
          .filter(Health.Failing.class::isInstance)
          .orElseGet(() -> new Health.Failing(late.get().said()));
    }
    Optional<Condition> refused = Conditions.whenTrue(d, "ReplicaFailure");
    if (refused.isPresent()) {
      return new Health.Failing(refused.get().said());
    }
    int wanted = d.at("/spec/replicas").asInt(1);
    int updated = d.at("/status/updatedReplicas").asInt();
    if (updated < wanted) {
      return waiting(pods, "%d of %d pods are updated".formatted(updated, wanted));
    }
    int all = d.at("/status/replicas").asInt();
    if (all > updated) {
      return waiting(pods, "%d old pods are still there".formatted(all - updated));
    }
    return available(d.at("/status/availableReplicas").asInt(), wanted, pods);
  }

  static Health statefulSet(LiveObject s, List<LiveObject> pods) {
    int wanted = s.at("/spec/replicas").asInt(1);
    int ready = s.at("/status/readyReplicas").asInt();
    if (s.at("/spec/updateStrategy/type").asText().equals("OnDelete")) {
      return available(ready, wanted, pods);
    }
    int partition = s.at("/spec/updateStrategy/rollingUpdate/partition").asInt();
    int updated = s.at("/status/updatedReplicas").asInt();
    boolean sameRevision =
        s.at("/status/updateRevision").asText().equals(s.at("/status/currentRevision").asText());
    if (!sameRevision && updated < wanted - partition) {
      return waiting(pods, "%d of %d pods are updated".formatted(updated, wanted - partition));
    }
    return available(ready, wanted, pods);
  }

  static Health daemonSet(LiveObject d, List<LiveObject> pods) {
    JsonNode status = d.at("/status");
    int wanted = status.path("desiredNumberScheduled").asInt();
    int updated = status.path("updatedNumberScheduled").asInt();
    boolean rolls = !d.at("/spec/updateStrategy/type").asText().equals("OnDelete");
    if (rolls && updated < wanted) {
      return waiting(pods, "%d of %d pods are updated".formatted(updated, wanted));
    }
    return available(status.path("numberAvailable").asInt(), wanted, pods);
  }

  static Health replicas(LiveObject r, List<LiveObject> pods) {
    Optional<Condition> refused = Conditions.whenTrue(r, "ReplicaFailure");
    return refused.isPresent()
        ? new Health.Failing(refused.get().said())
        : available(
            r.at("/status/availableReplicas").asInt(), r.at("/spec/replicas").asInt(1), pods);
  }

  static Health job(LiveObject job, List<LiveObject> pods) {
    Optional<Condition> failed = Conditions.whenTrue(job, "Failed");
    if (failed.isPresent()) {
      return new Health.Failing(failed.get().said());
    }
    boolean over =
        Conditions.isTrue(job, "Complete")
            || Conditions.isTrue(job, "SuccessCriteriaMet")
            || job.at("/spec/suspend").asBoolean();
    return over ? GOOD : waiting(pods, "it is not complete");
  }

  static Health pod(LiveObject pod) {
    return switch (pod.at("/status/phase").asText()) {
      case "Succeeded" -> GOOD;
      case "Failed" ->
          new Health.Failing("it failed: " + pod.at("/status/reason").asText("no reason given"));
      default -> Conditions.isTrue(pod, "Ready") ? GOOD : waiting(List.of(pod), "it is not ready");
    };
  }

  private static Health available(int available, int wanted, List<LiveObject> pods) {
    return available >= wanted
        ? GOOD
        : waiting(pods, "%d of %d pods are available".formatted(available, wanted));
  }

  /** Not there yet; the pods may know that it will never be. */
  private static Health waiting(List<LiveObject> pods, String count) {
    return switch (PodTrouble.worst(pods).orElse(null)) {
      case Health.Failing(String why) -> new Health.Failing(count + "; " + why);
      case Health.Progressing(String why) -> new Health.Progressing(count + "; " + why);
      case Health.Healthy _, Health.Missing _ -> new Health.Progressing(count);
      case null -> new Health.Progressing(count);
    };
  }
}
