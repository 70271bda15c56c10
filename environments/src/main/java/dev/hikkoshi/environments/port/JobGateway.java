package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.ClusterSeen;
import dev.hikkoshi.environments.observed.JobSeen;
import dev.hikkoshi.environments.observed.Observation;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs in a cluster by which a definition asks a question. */
public interface JobGateway {

  /**
   * A Job as it is wanted.
   *
   * @param name the same for every attempt to create it, so that it never runs twice at once
   * @param spec with nothing to fill in any more
   * @param deadline after which Kubernetes ends it as failed
   */
  record Wanted(
      String namespace,
      String name,
      Map<String, Object> spec,
      Duration deadline,
      Occasion occasion) {

    public Wanted {
      spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec));
    }
  }

  /** Every Job that was created here for checks of this environment, by name. */
  Observation<List<JobSeen>> jobs(ClusterSeen cluster, String environment);

  /** Creates a Job; one of that name that is there already is left as it is. */
  Outcome run(ClusterSeen cluster, Wanted job);

  /** Deletes exactly this Job with its pods; one that is gone already is done. */
  Outcome remove(ClusterSeen cluster, JobSeen job);

  /** For a process that runs none. */
  static JobGateway none() {
    return new JobGateway() {
      @Override
      public Observation<List<JobSeen>> jobs(ClusterSeen cluster, String environment) {
        return Observation.unknown("jobs of checks in " + cluster.name(), "not looked at here");
      }

      @Override
      public Outcome run(ClusterSeen cluster, Wanted job) {
        return new Outcome.Refused("none", "no Job is run from here");
      }

      @Override
      public Outcome remove(ClusterSeen cluster, JobSeen job) {
        return new Outcome.Refused("none", "no Job is removed from here");
      }
    };
  }
}
