package dev.hikkoshi.clusters.health;

import dev.hikkoshi.clusters.health.Conditions.Condition;
import dev.hikkoshi.clusters.kube.LiveObject;
import dev.hikkoshi.environments.observed.InsideSeen.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The health of one live object by its kind. A kind that is not known is judged by the conventions
 * that most controllers follow: {@code observedGeneration}, and the conditions {@code Stalled},
 * {@code Reconciling} and {@code Ready}.
 */
public final class HealthRules {

  private static final Health GOOD = new Health.Healthy();

  private final Function<LiveObject, List<LiveObject>> podsOf;

  /**
   * Rules over some cluster.
   *
   * @param podsOf the pods that a workload's selector selects in its namespace
   */
  public HealthRules(Function<LiveObject, List<LiveObject>> podsOf) {
    this.podsOf = podsOf;
  }

  /** The object's health; sentences begin with its path. */
  public Health of(LiveObject object) {
    return named(object, judge(object));
  }

  private Health judge(LiveObject o) {
    if (!o.at("/metadata/deletionTimestamp").asText().isEmpty()) {
      return new Health.Progressing("it is being deleted");
    }
    long generation = o.at("/metadata/generation").asLong();
    if (o.at("/status").has("observedGeneration")
        && o.at("/status/observedGeneration").asLong() < generation) {
      return new Health.Progressing("its controller has not seen the newest change");
    }
    return switch (o.key().group() + "/" + o.key().kind()) {
      case "apps/Deployment" -> observed(o, Workloads.deployment(o, podsOf.apply(o)));
      case "apps/StatefulSet" -> observed(o, Workloads.statefulSet(o, podsOf.apply(o)));
      case "apps/DaemonSet" -> observed(o, Workloads.daemonSet(o, podsOf.apply(o)));
      case "apps/ReplicaSet", "/ReplicationController" ->
          observed(o, Workloads.replicas(o, podsOf.apply(o)));
      case "batch/Job" -> Workloads.job(o, podsOf.apply(o));
      case "/Pod" -> Workloads.pod(o);
      case "/PersistentVolumeClaim" -> claim(o);
      case "/PersistentVolume" -> volume(o);
      case "/Service" -> service(o);
      case "/Namespace" -> phase(o, "Active");
      case "networking.k8s.io/Ingress" -> balanced(o);
      case "apiextensions.k8s.io/CustomResourceDefinition" -> definition(o);
      case "apiregistration.k8s.io/APIService" -> apiService(o);
      case "autoscaling/HorizontalPodAutoscaler" -> autoscaler(o);
      case "policy/PodDisruptionBudget" -> budget(o);
      default -> conventional(o);
    };
  }

  /** A workload whose controller never looked has no observedGeneration, and no counts either. */
  private static Health observed(LiveObject o, Health judged) {
    return o.at("/status").has("observedGeneration")
        ? judged
        : new Health.Progressing("its controller has not seen it yet");
  }

  private static Health claim(LiveObject o) {
    return switch (o.at("/status/phase").asText()) {
      case "Bound" -> GOOD;
      case "Lost" -> new Health.Failing("its volume is lost");
      default -> new Health.Progressing("it is not bound to a volume");
    };
  }

  private static Health volume(LiveObject o) {
    return switch (o.at("/status/phase").asText()) {
      case "Available", "Bound", "Released" -> GOOD;
      case "Failed" -> new Health.Failing(o.at("/status/message").asText("it failed"));
      default -> new Health.Progressing("it is not available");
    };
  }

  private static Health service(LiveObject o) {
    return o.at("/spec/type").asText().equals("LoadBalancer") ? balanced(o) : GOOD;
  }

  private static Health balanced(LiveObject o) {
    return o.at("/status/loadBalancer/ingress").isEmpty()
        ? new Health.Progressing("it has no load balancer yet")
        : GOOD;
  }

  private static Health phase(LiveObject o, String good) {
    String phase = o.at("/status/phase").asText();
    return phase.equals(good) ? GOOD : new Health.Progressing("its phase is " + phase);
  }

  private static Health definition(LiveObject o) {
    Optional<Condition> refused = Conditions.whenFalse(o, "NamesAccepted");
    if (refused.isPresent()) {
      return new Health.Failing(refused.get().said());
    }
    return Conditions.isTrue(o, "Established")
        ? GOOD
        : new Health.Progressing("it is not established");
  }

  private static Health apiService(LiveObject o) {
    return Conditions.of(o, "Available")
        .map(c -> c.isTrue() ? GOOD : new Health.Progressing(c.said()))
        .orElseGet(() -> new Health.Progressing("it is not available"));
  }

  private static Health autoscaler(LiveObject o) {
    Optional<Condition> unable = Conditions.whenFalse(o, "AbleToScale");
    if (unable.isPresent()) {
      return new Health.Failing(unable.get().said());
    }
    Optional<Condition> blind =
        Conditions.whenFalse(o, "ScalingActive").filter(c -> !c.reason().equals("ScalingDisabled"));
    return blind.<Health>map(c -> new Health.Progressing(c.said())).orElse(GOOD);
  }

  private static Health budget(LiveObject o) {
    int healthy = o.at("/status/currentHealthy").asInt();
    int desired = o.at("/status/desiredHealthy").asInt();
    return healthy >= desired
        ? GOOD
        : new Health.Progressing("%d of %d pods are healthy".formatted(healthy, desired));
  }

  private static Health conventional(LiveObject o) {
    Optional<Condition> stalled = Conditions.whenTrue(o, "Stalled");
    if (stalled.isPresent()) {
      return new Health.Failing(stalled.get().said());
    }
    return Conditions.whenTrue(o, "Reconciling")
        .or(() -> Conditions.whenFalse(o, "Ready"))
        .<Health>map(c -> new Health.Progressing(c.said()))
        .orElse(GOOD);
  }

  private static Health named(LiveObject o, Health health) {
    String name = o.key().path() + ": ";
    return switch (health) {
      case Health.Failing(String why) -> new Health.Failing(name + why);
      case Health.Progressing(String why) -> new Health.Progressing(name + why);
      case Health.Healthy _, Health.Missing _ -> health;
    };
  }
}
