package dev.hikkoshi.environments.rules;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.JobSeen.State;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Reply;
import dev.hikkoshi.environments.port.JobGateway;
import dev.hikkoshi.environments.port.Outcome;
import dev.hikkoshi.environments.port.WebhookGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Somebody who is asked, of the mind that the test gives them. */
final class Others implements WebhookGateway, JobGateway {

  enum Mind {
    YES,
    NO,
    SILENT
  }

  Mind hook = Mind.YES;
  Mind job = Mind.YES;
  boolean blind;
  Duration runs = Duration.ofSeconds(3);
  InstantSource clock = () -> Instant.EPOCH;
  final List<Call> calls = new ArrayList<>();
  final List<Wanted> begun = new ArrayList<>();
  final Map<String, JobSeen> jobs = new TreeMap<>();

  @Override
  public Observation<Reply> ask(Call call) {
    calls.add(call);
    return switch (hook) {
      case YES -> Observation.known(new Reply(true, "HTTP 200"));
      case NO -> Observation.known(new Reply(false, "HTTP 409: not now"));
      case SILENT -> Observation.unknown("webhook " + call.url(), "no whole answer in time");
    };
  }

  @Override
  public Observation<List<JobSeen>> jobs(ClusterSeen cluster, String environment) {
    if (blind) {
      return Observation.unknown("jobs of checks", "connection refused");
    }
    jobs.replaceAll((_, seen) -> now(seen));
    return Observation.known(List.copyOf(jobs.values()));
  }

  private JobSeen now(JobSeen seen) {
    boolean over = !clock.instant().isBefore(seen.createdAt().plus(runs));
    if (!over || !(seen.state() instanceof State.Running)) {
      return seen;
    }
    State end = job == Mind.YES ? new State.Complete() : new State.Failed("behind by 40 documents");
    return new JobSeen(seen.namespace(), seen.name(), seen.uid(), end, seen.createdAt());
  }

  @Override
  public Outcome run(ClusterSeen cluster, Wanted wanted) {
    begun.add(wanted);
    jobs.put(
        wanted.name(),
        new JobSeen(
            wanted.namespace(),
            wanted.name(),
            "uid-" + wanted.name(),
            new State.Running("pods: 1 active"),
            clock.instant()));
    return Outcome.done("uid");
  }

  @Override
  public Outcome remove(ClusterSeen cluster, JobSeen seen) {
    jobs.remove(seen.name());
    return Outcome.done("uid");
  }
}
