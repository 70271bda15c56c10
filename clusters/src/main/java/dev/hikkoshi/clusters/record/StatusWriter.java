package dev.hikkoshi.clusters.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.view.Banner;
import dev.hikkoshi.environments.view.EnvironmentView;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Writes what people are shown into an Environment's status, beside the record, and an event when
 * the state word changes, or what mode {@code plan} would do. A view that could not be written is
 * logged: the next pass has a newer one.
 */
public final class StatusWriter {

  private static final System.Logger LOG = System.getLogger(StatusWriter.class.getName());
  private static final int ATTEMPTS = 3;

  /** A view that is the same but for its age is written again after this, so that age is told. */
  private static final Duration FRESH = Duration.ofSeconds(30);

  private static final String VIEW = "view";
  private static final String STATE = "state";
  private static final String AT = "at";

  /** States that call somebody. */
  private static final Set<String> CALLING = Set.of("holding", "rejected", "blind", "returning");

  private final Environments environments;
  private final Events events;
  private final InstantSource clock;
  private final JsonMapper json = RecordCodec.mapper();

  public StatusWriter(Management management, InstantSource clock) {
    this.environments = new Environments(management);
    this.events = new Events(management, clock);
    this.clock = clock;
  }

  /** Writes a view if it differs from what is there, or if that is older than 30 s. */
  public void write(String environment, EnvironmentView view) {
    Banner banner = view.banner();
    String state = banner.state().word();
    String sentence =
        banner.why().isEmpty() ? banner.headline() : banner.headline() + ": " + banner.why();
    ObjectNode next = json.valueToTree(view);
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (put(environment, state, sentence, next)) {
          return;
        }
      }
      LOG.log(System.Logger.Level.INFO, "view of {0}: others write too often", environment);
    } catch (KubeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "view of {0} was not written: {1}",
          environment,
          e.getMessage());
    }
  }

  private boolean put(String environment, String state, String sentence, ObjectNode view) {
    ObjectNode object = environments.findOrCreate(environment);
    ObjectNode status = environments.status(object);
    String before = status.path(STATE).asText("");
    String would = would(status.path(VIEW));
    if (before.equals(state) && fresh(status.path(VIEW), view)) {
      return true;
    }
    status.put(STATE, state);
    status.set(VIEW, view);
    if (!environments.replaceStatus(object)) {
      return false;
    }
    if (!before.equals(state)) {
      events.tell(object, CALLING.contains(state), reason(state), sentence);
    }
    if (!would(view).isEmpty() && !would(view).equals(would)) {
      events.tell(object, false, "Would", would(view));
    }
    return true;
  }

  /** What mode plan would do now. */
  private static String would(JsonNode view) {
    StringJoiner each = new StringJoiner("; ");
    view.path("would").forEach(line -> each.add(line.asText()));
    return each.toString();
  }

  private boolean fresh(JsonNode there, ObjectNode view) {
    if (!(there instanceof ObjectNode old)) {
      return false;
    }
    ObjectNode a = old.deepCopy();
    ObjectNode b = view.deepCopy();
    JsonNode writtenAt = a.remove(AT);
    b.remove(AT);
    return same(a, b) && writtenAt != null && young(writtenAt.asText());
  }

  /** By text: a number that went through the API server may have another type. */
  private static boolean same(ObjectNode a, ObjectNode b) {
    return a.equals(b) || a.toString().equals(b.toString());
  }

  private boolean young(String at) {
    try {
      return Instant.parse(at).plus(FRESH).isAfter(clock.instant());
    } catch (DateTimeParseException _) {
      return false;
    }
  }

  private static String reason(String state) {
    return state.isEmpty()
        ? "Unknown"
        : Character.toUpperCase(state.charAt(0)) + state.substring(1);
  }
}
