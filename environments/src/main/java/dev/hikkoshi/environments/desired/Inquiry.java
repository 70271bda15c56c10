package dev.hikkoshi.environments.desired;

import dev.hikkoshi.environments.port.Expressions.Expression;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A check of {@code move.checks} that is asked of somebody: a Job in the new cluster, a webhook, or
 * an expression over what was observed.
 *
 * @param name unique in the environment
 * @param routes that it judges, each alone; empty for all
 * @param blocking whether its verdict counts; a warning is only shown
 * @param every how old an answer may be: then it is asked again, and an older pass begins no step
 * @param silence how long nobody may answer before it counts
 * @param skip present when it is switched off
 */
public record Inquiry(
    String name,
    Set<String> routes,
    When when,
    boolean blocking,
    Question question,
    Duration every,
    Duration silence,
    Optional<Skip> skip)
    implements DeclaredCheck {

  public Inquiry {
    routes = Set.copyOf(routes);
  }

  /** Who is asked, and what. */
  public sealed interface Question {

    /** Its word in a definition. */
    String word();
  }

  /**
   * A Job in the new cluster. Complete is a pass, Failed is a fail.
   *
   * @param spec of the Job, as it is applied but for deadline and clean-up, which are ours; texts
   *     in it may hold the placeholders of {@code dev.hikkoshi.environments.port.Occasion#fill}
   * @param deadline after which Kubernetes ends it as failed
   */
  public record Job(String namespace, Map<String, Object> spec, Duration deadline)
      implements Question {

    public Job {
      spec = Collections.unmodifiableMap(new LinkedHashMap<>(spec));
    }

    @Override
    public String word() {
      return "job";
    }
  }

  /**
   * An HTTP endpoint that is told what is about to happen. 2xx is a pass, any other answer a fail.
   *
   * @param url https, or http on loopback; without user, query and fragment
   * @param timeout for the whole answer
   * @param credentials name of an entry of the controller's configuration that holds a header for
   *     this address; never the header itself
   */
  public record Webhook(String url, Duration timeout, Optional<String> credentials)
      implements Question {

    @Override
    public String word() {
      return "webhook";
    }
  }

  /** A condition over what was observed; over what is unknown it is unknown. */
  public record Cel(Expression expression) implements Question {

    @Override
    public String word() {
      return "cel";
    }
  }
}
