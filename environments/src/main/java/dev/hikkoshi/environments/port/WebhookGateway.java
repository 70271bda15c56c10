package dev.hikkoshi.environments.port;

import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.Reply;
import java.time.Duration;
import java.util.Optional;

/** Endpoints of other people that have a say in a move. */
@FunctionalInterface
public interface WebhookGateway {

  /**
   * One question.
   *
   * @param url https, or http on loopback
   * @param timeout for the whole answer, repetitions counted
   * @param credentials name of a header in the controller's configuration
   */
  record Call(String url, Duration timeout, Optional<String> credentials, Occasion occasion) {}

  /**
   * Posts the occasion as JSON. An answer with status 2xx is good, any other answer is not; where
   * nothing whole came back within the timeout, or the address answers for itself and not for the
   * question (429, 502, 503, 504), it is unknown. A redirect is not followed and is no good answer.
   */
  Observation<Reply> ask(Call call);

  /** For a process that asks nobody. */
  static WebhookGateway none() {
    return call -> Observation.unknown("webhook " + call.url(), "nobody is asked from here");
  }
}
