package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.record.Approve;
import dev.hikkoshi.environments.record.GoHome;
import dev.hikkoshi.environments.record.Leave;
import dev.hikkoshi.environments.record.Order;
import dev.hikkoshi.environments.record.Resume;
import dev.hikkoshi.environments.record.SkipCheck;
import dev.hikkoshi.environments.record.StandStill;
import dev.hikkoshi.environments.record.TakeBack;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What people ask of an environment, as annotations on its Environment object: whoever may annotate
 * it in Kubernetes may ask. Beside each, under the same name with {@code .author}, stands who asks;
 * {@link Authors} says whether that is proven.
 *
 * <p>A command stays until it was applied and is then removed, if it still is the same one. After a
 * crash between the two it is applied once more, which changes nothing.
 */
public final class Commands {

  /** {@code {"id", "reason", "acceptWeights", "runOnceAnyway", "tryAgain", "at"}}. */
  public static final String RESUME = "hikkoshi.dev/resume";

  /** {@code {"id", "reason", "takeBack", "at"}}. */
  public static final String HANDOVER = "hikkoshi.dev/handover";

  /** {@code {"id", "reason", "at"}}. */
  public static final String HOLD = "hikkoshi.dev/hold";

  /** {@code {"id", "reason", "at"}}. */
  public static final String RETURN = "hikkoshi.dev/return";

  /** {@code {"id", "move", "step", "reason", "at"}}. */
  public static final String APPROVE = "hikkoshi.dev/approve";

  /** {@code {"id", "move", "check", "reason", "at", "until"}}. */
  public static final String SKIP = "hikkoshi.dev/skip";

  /** What each annotation holds, in the order in which they are obeyed: what is urgent first. */
  private static final SequencedMap<String, Class<? extends Request>> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put(RETURN, Request.ForReturn.class);
    KINDS.put(HOLD, Request.ForHold.class);
    KINDS.put(RESUME, Request.ForResume.class);
    KINDS.put(APPROVE, Request.ForApprove.class);
    KINDS.put(SKIP, Request.ForSkip.class);
    KINDS.put(HANDOVER, Request.ForHandover.class);
  }

  private static final int ATTEMPTS = 5;

  /**
   * A command to apply.
   *
   * @param id what {@link #acknowledge} wants
   */
  public record Pending(String environment, String id, Order order) {}

  private final Environments environments;
  private final Events events;
  private final Authors authors;
  private final InstantSource clock;
  private final JsonMapper json = RecordCodec.mapper();

  public Commands(Management management, InstantSource clock) {
    this.environments = new Environments(management);
    this.events = new Events(management, clock);
    this.authors = new Authors(management);
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
    String author = order.author();
    if (author.isBlank() || author.length() > Request.LONGEST_NAME) {
      throw new IllegalArgumentException("author: 1 to " + Request.LONGEST_NAME + " characters");
    }
    return switch (order) {
      case Resume r -> ask(environment, RESUME, author, resume(id, r));
      case StandStill o ->
          ask(environment, HOLD, author, new Request.ForHold(id, o.reason(), o.at()));
      case GoHome o ->
          ask(environment, RETURN, author, new Request.ForReturn(id, o.reason(), o.at()));
      case Approve o ->
          ask(
              environment,
              APPROVE,
              author,
              new Request.ForApprove(id, o.move(), o.step(), o.reason(), o.at()));
      case SkipCheck o ->
          ask(
              environment,
              SKIP,
              author,
              new Request.ForSkip(id, o.move(), o.check(), o.reason(), o.at(), o.until()));
      case Leave o ->
          ask(
              environment,
              HANDOVER,
              author,
              new Request.ForHandover(id, o.reason(), false, o.at()));
      case TakeBack o ->
          ask(environment, HANDOVER, author, new Request.ForHandover(id, o.reason(), true, o.at()));
    };
  }

  private static Request.ForResume resume(String id, Resume r) {
    return new Request.ForResume(
        id, r.reason(), r.acceptWeights(), r.runOnceAnyway(), r.tryAgain(), r.at());
  }

  private String ask(String environment, String annotation, String author, Request request) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      ObjectNode object =
          environments
              .find(environment)
              .orElseThrow(
                  () -> new IllegalArgumentException("there is no environment " + environment));
      object
          .withObject("/metadata")
          .withObject("/annotations")
          .put(annotation, text(request))
          .put(annotation + Authors.SUFFIX, author);
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
        .map(object -> KINDS.keySet().stream().anyMatch(name -> asks(object, name, id)))
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
      @Nullable Request request = json.readValue(text, KINDS.get(name));
      if (request == null || request.id().isBlank()) {
        return refused(object, name, "it has no id");
      }
      String author = annotation(object, name + Authors.SUFFIX);
      if (author.isBlank() || author.length() > Request.LONGEST_NAME) {
        return refused(object, name, "it does not say who gives it");
      }
      Order order = request.order(authors.told(author), clock.instant());
      return Optional.of(new Pending(environment, request.id(), order));
    } catch (JsonProcessingException e) {
      return refused(object, name, e.getOriginalMessage());
    }
  }

  private Optional<Pending> refused(ObjectNode object, String name, String why) {
    events.tell(object, true, "CommandRefused", name + ": " + why);
    remove(object, name);
    return Optional.empty();
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
                  KINDS.keySet().stream().filter(n -> asks(found, n, pending.id())).findFirst());
      if (name.isEmpty() || remove(object.orElseThrow(), name.get())) {
        return;
      }
    }
    throw new KubeException(
        409, "Conflict", pending.environment() + " is changed by others all the time");
  }

  private boolean remove(ObjectNode object, String name) {
    ObjectNode annotations = object.withObject("/metadata").withObject("/annotations");
    annotations.remove(name);
    annotations.remove(name + Authors.SUFFIX);
    return environments.replace(object);
  }

  /** Whether an annotation is the request of that id, and none that only mentions it. */
  private boolean asks(ObjectNode object, String name, String id) {
    try {
      return json.readTree(annotation(object, name)).path("id").asText("").equals(id);
    } catch (JsonProcessingException _) {
      return false;
    }
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
