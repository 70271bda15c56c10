package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.record.StandStill;
import dev.hikkoshi.environments.record.TakeBack;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * What people ask of an environment, as annotations on its Environment object: whoever may annotate
 * it in Kubernetes may ask.
 *
 * <p>A command stays until it was applied and is then removed, if it still is the same one. After a
 * crash between the two it is applied once more, which changes nothing.
 */
public final class Commands {

  /** {@code {"id", "author", "reason", "acceptWeights", "runOnceAnyway", "tryAgain", "at"}}. */
  public static final String RESUME = "hikkoshi.dev/resume";

  /** {@code {"id", "author", "reason", "takeBack", "at"}}. */
  public static final String HANDOVER = "hikkoshi.dev/handover";

  /** {@code {"id", "author", "reason", "at"}}. */
  public static final String HOLD = "hikkoshi.dev/hold";

  /** {@code {"id", "author", "reason", "at"}}. */
  public static final String RETURN = "hikkoshi.dev/return";

  /** What each annotation holds, in the order in which they are obeyed: what is urgent first. */
  private static final SequencedMap<String, Class<? extends Request>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(RETURN, ReturnRequest.class);
    KINDS.put(HOLD, HoldRequest.class);
    KINDS.put(RESUME, ResumeRequest.class);
    KINDS.put(HANDOVER, HandoverRequest.class);
  }

  private static final int ATTEMPTS = 5;
  private static final int LONGEST_AUTHOR = 200;
  private static final int LONGEST_REASON = 1_000;

  /** What every annotation says. */
  private sealed interface Request {

    String id();

    static void check(String author, String reason) {
      if (author.isBlank() || author.length() > LONGEST_AUTHOR) {
        throw new IllegalArgumentException("author: 1 to " + LONGEST_AUTHOR + " characters");
      }
      if (reason.isBlank() || reason.length() > LONGEST_REASON) {
        throw new IllegalArgumentException("reason: 1 to " + LONGEST_REASON + " characters");
      }
    }

    Order order(Instant now);
  }

  /** Under {@link #RESUME}. */
  record ResumeRequest(
      String id,
      String author,
      String reason,
      boolean acceptWeights,
      boolean runOnceAnyway,
      boolean tryAgain,
      Instant at)
      implements Request {

    ResumeRequest {
      Request.check(author, reason);
    }

    @Override
    public Order order(Instant now) {
      return new Resume(author, reason, acceptWeights, runOnceAnyway, tryAgain, now);
    }
  }

  /** Under {@link #HOLD}. */
  record HoldRequest(String id, String author, String reason, Instant at) implements Request {

    HoldRequest {
      Request.check(author, reason);
    }

    @Override
    public Order order(Instant now) {
      return new StandStill(author, reason, now);
    }
  }

  /** Under {@link #RETURN}. */
  record ReturnRequest(String id, String author, String reason, Instant at) implements Request {

    ReturnRequest {
      Request.check(author, reason);
    }

    @Override
    public Order order(Instant now) {
      return new GoHome(author, reason, now);
    }
  }

  /** Under {@link #HANDOVER}. */
  record HandoverRequest(String id, String author, String reason, boolean takeBack, Instant at)
      implements Request {

    HandoverRequest {
      Request.check(author, reason);
    }

    @Override
    public Order order(Instant now) {
      return takeBack ? new TakeBack(author, reason, now) : new Leave(author, reason, now);
    }
  }

  /**
   * A command to apply.
   *
   * @param id what {@link #acknowledge} wants
   */
  public record Pending(String environment, String id, Order order) {}

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
   * Asks the controller for something.
   *
   * @param order its time is only told: the controller takes its own
   * @return the request's id
   * @throws IllegalArgumentException when there is no such environment, or its author or reason is
   *     empty or too long
   * @throws KubeException when it could not be written
   */
  public String ask(String environment, Order order) {
    String id = UUID.randomUUID().toString();
    return switch (order) {
      case Resume r ->
          ask(
              environment,
              RESUME,
              new ResumeRequest(
                  id,
                  r.author(),
                  r.reason(),
                  r.acceptWeights(),
                  r.runOnceAnyway(),
                  r.tryAgain(),
                  r.at()));
      case StandStill o ->
          ask(environment, HOLD, new HoldRequest(id, o.author(), o.reason(), o.at()));
      case GoHome o ->
          ask(environment, RETURN, new ReturnRequest(id, o.author(), o.reason(), o.at()));
      case Leave o ->
          ask(
              environment,
              HANDOVER,
              new HandoverRequest(id, o.author(), o.reason(), false, o.at()));
      case TakeBack o ->
          ask(environment, HANDOVER, new HandoverRequest(id, o.author(), o.reason(), true, o.at()));
    };
  }

  private String ask(String environment, String annotation, Request request) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ObjectNode object =
          environments
              .find(environment)
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no environment " + environment));
      object.withObject("/metadata").withObject("/annotations").put(annotation, text(request));
      if (environments.replace(object)) {
        return request.id();
      }
    }
    throw new KubeException(409, "Conflict", environment + " is changed by others all the time");
  }

  /** Whether a request waits to be applied. */
  public boolean waiting(String environment, String id) {
    return environments
        .find(environment)
        .map(
            object ->
                KINDS.keySet().stream().anyMatch(name -> annotation(object, name).contains(id)))
        .orElse(false);
  }

  /**
   * The next command that waits; its time is now, because other machines' clocks differ. One that
   * cannot be read is removed, with an event that says why.
   *
   * @throws KubeException when it could not be read
   */
  public Optional<Pending> pending(String environment) {
    Optional<ObjectNode> object = environments.find(environment);
    return object.stream()
        .flatMap(
            found ->
                KINDS.keySet().stream().flatMap(name -> pending(environment, found, name).stream()))
        .findFirst();
  }

  private Optional<Pending> pending(String environment, ObjectNode object, String name) {
    String text = annotation(object, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Request request = json.readValue(text, KINDS.get(name));
      return Optional.of(new Pending(environment, request.id(), request.order(clock.instant())));
    } catch (JsonProcessingException e) {
      events.tell(object, true, "CommandRefused", name + ": " + e.getOriginalMessage());
      remove(object, name);
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
      Optional<String> name =
          object.flatMap(
              found ->
                  KINDS.keySet().stream()
                      .filter(n -> annotation(found, n).contains(pending.id()))
                      .findFirst());
      if (name.isEmpty() || remove(object.orElseThrow(), name.get())) {
        return;
      }
    }
    throw new KubeException(
        409, "Conflict", pending.environment() + " is changed by others all the time");
  }

  private boolean remove(ObjectNode object, String name) {
    object.withObject("/metadata").withObject("/annotations").remove(name);
    return environments.replace(object);
  }

  private static String annotation(ObjectNode object, String name) {
    return object.at("/metadata/annotations").path(name).asText("");
  }

  private String text(Request request) {
    try {
      return json.writeValueAsString(request);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a request is always writable", e);
    }
  }
}
