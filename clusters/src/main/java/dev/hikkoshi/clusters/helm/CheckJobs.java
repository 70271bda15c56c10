package dev.hikkoshi.clusters.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.kube.KubeClients.Connection;
import dev.hikkoshi.clusters.kube.ObjectKey;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.JobSeen.State;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.JobGateway;
import dev.hikkoshi.environments.port.Occasion;
import dev.hikkoshi.environments.port.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Jobs by which checks ask a question, in target clusters. They are found again by label, asked of
 * the server itself and not of a watch: a Job that was just created must not look as if it were
 * missing. Thread-safe.
 */
public final class CheckJobs implements JobGateway {

  static final String ENVIRONMENT = "hikkoshi.dev/environment";
  static final String CHECK = "hikkoshi.dev/check";
  static final String ROUTE = "hikkoshi.dev/route";

  private static final String MANAGER = "hikkoshi";
  private static final String JOBS = "/apis/batch/v1";

  /** A Job whose answer nobody fetched goes by itself, so that none is left for ever. */
  private static final int KEPT_SECONDS = 3_600;

  private static final int REMEMBERED = 200;
  private static final int HEAD = 200;
  private static final int TAIL = 1_000;

  private final KubeClients clients;

  /** What failed Jobs said, by their identity: it is read once and not in every pass. */
  private final Map<String, String> said =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Clients are closed by their owner. */
  public CheckJobs(KubeClients clients) {
    this.clients = clients;
  }

  @Override
  public Observation<List<JobSeen>> jobs(ClusterSeen cluster, String environment) {
    return Results.look(
        "jobs of checks in " + cluster.name(),
        () -> {
          Connection connection = connection(cluster);
          String selector = "%s%%3D%s,%s".formatted(ENVIRONMENT, environment, CHECK);
          return connection.api().list(JOBS + "/jobs", "labelSelector=" + selector).items().stream()
              .map(job -> seen(connection, job))
              .sorted(Comparator.comparing(JobSeen::namespace).thenComparing(JobSeen::name))
              .toList();
        });
  }

  @Override
  public Outcome run(ClusterSeen cluster, Wanted job) {
    return Results.write(
        () -> {
          ObjectNode answer =
              connection(cluster)
                  .api()
                  .apply(path(job.namespace(), job.name()), MANAGER, body(job), false);
          return Outcome.done(answer.at("/metadata/uid").asText());
        });
  }

  @Override
  public Outcome remove(ClusterSeen cluster, JobSeen job) {
    return Results.write(
        () -> {
          connection(cluster).api().delete(path(job.namespace(), job.name()), job.uid());
          return Outcome.done(job.uid());
        });
  }

  private Connection connection(ClusterSeen cluster) {
    return clients
        .connect(cluster)
        .orElseThrow(() -> NotDone.unclear(cluster.name() + " has no endpoint yet"));
  }

  private static String path(String namespace, String name) {
    return "%s/namespaces/%s/jobs/%s".formatted(JOBS, namespace, name);
  }

  /** What the definition says, with what is ours. */
  private static ObjectNode body(Wanted job) {
    ObjectNode body = Trees.object().put("apiVersion", "batch/v1").put("kind", "Job");
    ObjectNode metadata = body.putObject("metadata");
    metadata.put("name", job.name()).put("namespace", job.namespace());
    labels(metadata, job.occasion());
    metadata
        .putObject("annotations")
        .put("hikkoshi.dev/move", job.occasion().move())
        .put("hikkoshi.dev/step", Integer.toString(job.occasion().step()));
    ObjectNode spec = Trees.JSON.valueToTree(job.spec());
    if (!spec.has("backoffLimit")) {
      // A question is answered once; whoever wants another attempt within one answer says so.
      spec.put("backoffLimit", 0);
    }
    spec.put("activeDeadlineSeconds", job.deadline().toSeconds());
    spec.put("ttlSecondsAfterFinished", KEPT_SECONDS);
    labels(spec.withObject("/template").withObject("/metadata"), job.occasion());
    body.set("spec", spec);
    return body;
  }

  private static void labels(ObjectNode metadata, Occasion occasion) {
    metadata
        .withObject("/labels")
        .put(Part.MANAGED_BY, MANAGER)
        .put(ENVIRONMENT, occasion.environment())
        .put(CHECK, occasion.check())
        .put(ROUTE, occasion.route());
  }

  private JobSeen seen(Connection connection, ObjectNode job) {
    JsonNode metadata = job.path("metadata");
    return new JobSeen(
        metadata.path("namespace").asText(),
        metadata.path("name").asText(),
        metadata.path("uid").asText(),
        state(connection, job),
        Instant.parse(metadata.path("creationTimestamp").asText()));
  }

  private State state(Connection connection, ObjectNode job) {
    if (condition(job, "Complete").isPresent()) {
      return new State.Complete();
    }
    return condition(job, "Failed")
        .<State>map(failed -> new State.Failed(evidence(connection, job, failed)))
        .orElseGet(() -> new State.Running(progress(job.path("status"))));
  }

  private static Optional<JsonNode> condition(ObjectNode job, String type) {
    for (JsonNode condition : job.at("/status/conditions")) {
      boolean holds = condition.path("status").asText().equals("True");
      if (holds && condition.path("type").asText().equals(type)) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  private static String progress(JsonNode status) {
    return "pods: %d active, %d ready, %d failed"
        .formatted(
            status.path("active").asInt(),
            status.path("ready").asInt(),
            status.path("failed").asInt());
  }

  private String evidence(Connection connection, ObjectNode job, JsonNode failed) {
    String uid = job.at("/metadata/uid").asText();
    synchronized (said) {
      String known = said.get(uid);
      if (known != null) {
        return known;
      }
    }
    ObjectKey key =
        new ObjectKey(
            "batch/v1",
            "Job",
            job.at("/metadata/namespace").asText(),
            job.at("/metadata/name").asText());
    String text =
        failed.path("reason").asText() + new HookOutput(connection).of(key, true, List.of());
    String line = line(text);
    synchronized (said) {
      said.put(uid, line);
    }
    return line;
  }

  /** One line that the record can hold; what matters is how it began and how it ended. */
  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    int length = line.length();
    return length <= HEAD + TAIL
        ? line
        : line.substring(0, HEAD) + " … " + line.substring(length - TAIL);
  }
}
