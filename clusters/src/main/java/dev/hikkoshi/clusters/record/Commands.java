package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.record.Resume;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * What people ask of an environment, as annotations on its Environment object: whoever may annotate
 * it in Kubernetes may ask.
 *
 * <p>A command stays until it was applied and is then removed, if it still is the same one. After a
 * crash between the two it is applied once more, which changes nothing.
 */
public final class Commands {

  /** {@code {"id", "author", "reason", "acceptWeights", "at"}}. */
  public static final String RESUME = "hikkoshi.dev/resume";

  private static final int ATTEMPTS = 5;
  private static final int LONGEST_AUTHOR = 200;
  private static final int LONGEST_REASON = 1_000;

  /** The annotation. */
  record Request(
      String id,
      String author,
      String reason,
      boolean acceptWeights,
      boolean runOnceAnyway,
      Instant at) {

    Request {
      if (author.isBlank() || author.length() > LONGEST_AUTHOR) {
        throw new IllegalArgumentException("author: 1 to " + LONGEST_AUTHOR + " characters");
      }
      if (reason.isBlank() || reason.length() > LONGEST_REASON) {
        throw new IllegalArgumentException("reason: 1 to " + LONGEST_REASON + " characters");
      }
    }
  }

  /**
   * A command to apply.
   *
   * @param id what {@link #acknowledge} wants
   */
  public record Pending(String environment, String id, Resume resume) {}

  private final Environments environments;
  private final Events events;
  private final InstantSource clock;
  private final JsonMapper json = RecordCodec.mapper();

  public Commands(Management management, InstantSource clock) {
    this.environments = new Environments(management);
    this.events = new Events(management, clock);
    this.clock = clock;
  }

  /**
   * Asks to lift the holds of an environment; replaces an earlier request.
   *
   * @return the request's id
   * @throws KubeException when it could not be written
   * @throws IllegalArgumentException when there is no such environment, or author or reason are
   *     empty or too long
   */
  public String resume(
      String environment,
      String author,
      String reason,
      boolean acceptWeights,
      boolean runOnceAnyway) {
    String id = UUID.randomUUID().toString();
    Request request =
        new Request(id, author, reason, acceptWeights, runOnceAnyway, clock.instant());
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ObjectNode object =
          environments
              .find(environment)
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no environment " + environment));
      object.withObject("/metadata").withObject("/annotations").put(RESUME, text(request));
      if (environments.replace(object)) {
        return id;
      }
    }
    throw new KubeException(409, "Conflict", environment + " is changed by others all the time");
  }

  /** Whether a request waits to be applied. */
  public boolean waiting(String environment, String id) {
    return environments
        .find(environment)
        .map(object -> annotation(object).contains(id))
        .orElse(false);
  }

  /**
   * The command that waits; its time is now, because other machines' clocks differ. One that cannot
   * be read is removed, with an event that says why.
   *
   * @throws KubeException when it could not be read
   */
  public Optional<Pending> pending(String environment) {
    Optional<ObjectNode> object = environments.find(environment);
    String text = object.map(Commands::annotation).orElse("");
    if (object.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Request request = json.readValue(text, Request.class);
      Resume resume =
          new Resume(
              request.author(),
              request.reason(),
              request.acceptWeights(),
              request.runOnceAnyway(),
              clock.instant());
      return Optional.of(new Pending(environment, request.id(), resume));
    } catch (JsonProcessingException e) {
      events.tell(object.get(), true, "CommandRefused", RESUME + ": " + e.getOriginalMessage());
      remove(object.get());
      return Optional.empty();
    }
  }

  /**
   * Removes a command that was applied; another one that came meanwhile stays.
   *
   * @throws KubeException when it could not be removed; it is applied again then
   */
  public void acknowledge(Pending pending) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<ObjectNode> object = environments.find(pending.environment());
      if (object.isEmpty() || !annotation(object.get()).contains(pending.id())) {
        return;
      }
      if (remove(object.get())) {
        return;
      }
    }
    throw new KubeException(
        409, "Conflict", pending.environment() + " is changed by others all the time");
  }

  private boolean remove(ObjectNode object) {
    object.withObject("/metadata").withObject("/annotations").remove(RESUME);
    return environments.replace(object);
  }

  private static String annotation(ObjectNode object) {
    return object.at("/metadata/annotations").path(RESUME).asText("");
  }

  private String text(Request request) {
    try {
      return json.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is always writable", e);
    }
  }
}
