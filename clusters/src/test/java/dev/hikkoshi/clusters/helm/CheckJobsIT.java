package dev.hikkoshi.clusters.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hikkoshi.clusters.kube.KubeClients;
import dev.hikkoshi.clusters.testing.LocalControlPlane;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.JobSeen.State;
import dev.hikkoshi.environments.observed.Observation.Known;
import dev.hikkoshi.environments.port.JobGateway.Wanted;
import dev.hikkoshi.environments.port.Occasion;
import dev.hikkoshi.environments.port.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of checks in a real API server with its Job controller; only the kubelet is played. */
class CheckJobsIT {

  private static final String PRINTED =
      "index is behind by 40 documents, asked with s3cret-of-job\n";

  @TempDir static Path folder;
  private static Ground ground;
  private static PodPlayer pods;
  private static LogPlayer logs;
  private static KubeClients clients;
  private static CheckJobs jobs;

  @BeforeAll
  static void start() throws IOException {
    ground = Ground.start(folder);
    logs = new LogPlayer(ground.api(), folder.resolve("kubelet"), PRINTED);
    pods = new PodPlayer(ground.api(), LogPlayer.NODE);
    clients = new KubeClients(_ -> LocalControlPlane.TOKEN);
    jobs = new CheckJobs(clients);
    ground.kubectl("create", "namespace", "search");
  }

  @AfterAll
  static void stop() {
    if (ground != null) {
      pods.close();
      logs.close();
      clients.close();
      ground.close();
    }
  }

  private static Wanted wanted(String name, String environment, String image, Duration deadline) {
    Map<String, Object> container =
        Map.of(
            "name",
            "ask",
            "image",
            "registry.invalid/" + image,
            "env",
            List.of(
                Map.of(
                    "name",
                    "TOKEN",
                    "valueFrom",
                    Map.of(
                        "secretKeyRef", Map.of("name", "ask", "key", "token", "optional", true)))));
    Map<String, Object> spec =
        Map.of(
            "template",
            Map.of("spec", Map.of("restartPolicy", "Never", "containers", List.of(container))));
    Occasion occasion =
        new Occasion(
            environment,
            environment + "-3",
            "caught-up",
            "web",
            1,
            5,
            Optional.of("a"),
            "b",
            "warm");
    return new Wanted("search", name, spec, deadline, occasion);
  }

  private static JobSeen await(String environment, Predicate<JobSeen> there) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> seen(environment).stream().filter(there).findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  private static List<JobSeen> seen(String environment) {
    return ((Known<List<JobSeen>>) jobs.jobs(ground.cluster, environment)).value();
  }

  @Test
  void aJobThatEndsWellIsComplete() {
    // When
    Outcome outcome =
        jobs.run(ground.cluster, wanted("good-1", "good", "ok", Duration.ofMinutes(1)));

    // Then
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    await("good", j -> j.state() instanceof State.Complete);
    JsonNode job = ground.json("job", "good-1", "-n", "search");
    assertThat(job.at("/spec/activeDeadlineSeconds").asInt()).isEqualTo(60);
    assertThat(job.at("/spec/backoffLimit").asInt()).isZero();
    assertThat(job.at("/spec/ttlSecondsAfterFinished").asInt()).isEqualTo(3_600);
    assertThat(job.at("/metadata/labels").toString())
        .contains("\"hikkoshi.dev/environment\":\"good\"", "\"hikkoshi.dev/check\":\"caught-up\"");
  }

  @Test
  void aJobThatFailsSaysWhatItPrintedButNoSecret() {
    // Given
    ground.kubectl(
        "create", "secret", "generic", "ask", "-n", "search", "--from-literal=token=s3cret-of-job");

    // When
    jobs.run(ground.cluster, wanted("bad-1", "bad", "fail", Duration.ofMinutes(1)));

    // Then
    JobSeen failed = await("bad", j -> j.state() instanceof State.Failed);
    assertThat(((State.Failed) failed.state()).evidence())
        .startsWith("BackoffLimitExceeded")
        .contains("ended with code 3", "index is behind by 40 documents", "***")
        .doesNotContain("s3cret-of-job");
  }

  @Test
  void aJobThatDoesNotEndRunsUntilItsDeadline() {
    // Given
    jobs.run(ground.cluster, wanted("slow-1", "slow", "endless", Duration.ofSeconds(6)));

    // When
    JobSeen running = await("slow", _ -> true);

    // Then
    assertThat(running.state()).isInstanceOf(State.Running.class);
    JobSeen ended = await("slow", j -> j.state() instanceof State.Failed);
    assertThat(((State.Failed) ended.state()).evidence()).startsWith("DeadlineExceeded");
  }

  @Test
  void asManyAttemptsAsThereAreMakeOneJob() {
    // Given
    Wanted wanted = wanted("once-1", "once", "endless", Duration.ofMinutes(5));
    jobs.run(ground.cluster, wanted);
    String uid = await("once", _ -> true).uid();

    // When: the process died before it heard the answer, and the next one asks again.
    Outcome again = new CheckJobs(clients).run(ground.cluster, wanted);

    // Then
    assertThat(again).isInstanceOf(Outcome.Done.class);
    assertThat(seen("once")).extracting(JobSeen::uid).containsExactly(uid);
  }

  @Test
  void onlyThisEnvironmentsJobsAreSeenAndExactlyTheOneGoes() {
    // Given
    jobs.run(ground.cluster, wanted("theirs-1", "theirs", "endless", Duration.ofMinutes(5)));
    jobs.run(ground.cluster, wanted("mine-1", "mine", "endless", Duration.ofMinutes(5)));
    JobSeen mine = await("mine", _ -> true);

    // When: another of the same name would not be it.
    JobSeen other =
        new JobSeen(mine.namespace(), mine.name(), "another-uid", mine.state(), mine.createdAt());
    Outcome refused = jobs.remove(ground.cluster, other);
    Outcome done = jobs.remove(ground.cluster, mine);

    // Then
    assertThat(refused).isInstanceOf(Outcome.Changed.class);
    assertThat(done).isInstanceOf(Outcome.Done.class);
    Awaitility.await().until(() -> seen("mine").isEmpty());
    assertThat(seen("theirs")).hasSize(1);
    assertThat(jobs.remove(ground.cluster, mine)).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void aNamespaceThatIsNotThereIsARefusal() {
    // Given
    Wanted good = wanted("lost-1", "lost", "ok", Duration.ofMinutes(1));

    // When
    Outcome outcome =
        jobs.run(
            ground.cluster,
            new Wanted("nowhere", good.name(), good.spec(), good.deadline(), good.occasion()));

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class, r -> assertThat(r.message()).contains("nowhere"));
  }
}
