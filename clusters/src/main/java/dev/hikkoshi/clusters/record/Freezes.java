package dev.hikkoshi.clusters.record;

import static dev.hikkoshi.clusters.record.Definitions.FREEZES;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.KubeException;
import dev.hikkoshi.environments.observed.Freeze;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.port.FreezeGateway;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * The freeze over everything that a controller manages: one object of the management cluster, kept
 * after a thaw too, so that it says who thawed. Whoever may write it may freeze.
 */
public final class Freezes implements FreezeGateway {

  /** The one object that counts. */
  static final String NAME = "everything";

  private static final int ATTEMPTS = 5;
  private static final int LONGEST_AUTHOR = 200;
  private static final int LONGEST_REASON = 1_000;

  private final Management management;
  private final UnaryOperator<String> authors;

  /** The last word whose author was asked after. */
  private final AtomicReference<Told> told = new AtomicReference<>(new Told("", ""));

  /** An author as told, of the object's version. */
  private record Told(String version, String author) {}

  /** For a controller: authors whom nobody proved are told as such. */
  public Freezes(Management management) {
    this(management, new Authors(management)::told);
  }

  private Freezes(Management management, UnaryOperator<String> authors) {
    this.management = management;
    this.authors = authors;
  }

  /** For people, who have no right to try whether authors are proven. */
  public static Freezes asWritten(Management management) {
    return new Freezes(management, UnaryOperator.identity());
  }

  @Override
  public Observation<Optional<Freeze>> freeze() {
    try {
      return Observation.known(read());
    } catch (KubeException | DateTimeException e) {
      return Observation.unknown("freeze", String.valueOf(e.getMessage()));
    }
  }

  /** No such object is an answer only where such objects are known. */
  private Optional<Freeze> read() {
    Optional<ObjectNode> object = management.api().get(path());
    if (object.isEmpty() && !management.serves(FREEZES)) {
      throw new KubeException(
          404, "NotFound", "the management cluster does not know Freezes: install the definitions");
    }
    return object.map(this::freeze);
  }

  private Freeze freeze(ObjectNode object) {
    JsonNode spec = object.path("spec");
    Optional<Instant> until =
        Optional.of(spec.path("until").asText("")).filter(t -> !t.isEmpty()).map(Freezes::instant);
    return new Freeze(
        spec.path("frozen").asBoolean(true),
        author(object),
        spec.path("reason").asText(),
        instant(spec.path("at").asText()),
        until);
  }

  private static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private String author(ObjectNode object) {
    String version = object.at("/metadata/resourceVersion").asText();
    Told last = told.get();
    if (version.equals(last.version())) {
      return last.author();
    }
    String author = authors.apply(object.at("/spec/author").asText());
    told.set(new Told(version, author));
    return author;
  }

  /**
   * Freezes or thaws; what was said before is replaced.
   *
   * @throws IllegalArgumentException when the author or the reason is empty or too long
   * @throws KubeException when it could not be written
   */
  public void say(Freeze word) {
    if (word.author().isBlank() || word.author().length() > LONGEST_AUTHOR) {
      throw new IllegalArgumentException("author: 1 to " + LONGEST_AUTHOR + " characters");
    }
    if (word.reason().isBlank() || word.reason().length() > LONGEST_REASON) {
      throw new IllegalArgumentException("reason: 1 to " + LONGEST_REASON + " characters");
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        write(word);
        return;
      } catch (KubeException e) {
        if (!e.conflict()) {
          throw e;
        }
      }
    }
    throw new KubeException(409, "Conflict", "the freeze is changed by others all the time");
  }

  private void write(Freeze word) {
    Optional<ObjectNode> there = management.api().get(path());
    ObjectNode object = there.orElseGet(() -> Environments.object("Freeze", NAME));
    ObjectNode spec = object.putObject("spec");
    spec.put("frozen", word.on()).put("author", word.author()).put("reason", word.reason());
    spec.put("at", word.at().toString());
    word.until().ifPresent(at -> spec.put("until", at.toString()));
    if (there.isPresent()) {
      management.api().replace(path(), Management.FIELD_MANAGER, object);
    } else {
      management.api().create(management.ours(FREEZES), Management.FIELD_MANAGER, object);
    }
  }

  private String path() {
    return management.ours(FREEZES, NAME);
  }
}
