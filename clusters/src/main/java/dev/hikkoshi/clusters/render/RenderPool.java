package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders in a few worker processes, one request in work in each.
 *
 * <p>A request that is over its deadline, or whose caller is interrupted, costs its process its
 * life (SIGKILL) and touches no other request; the next one gets a fresh process (some 20 ms). All
 * methods may be called by many threads; they block, so call them from virtual threads.
 */
public final class RenderPool implements AutoCloseable {

  private static final int PROTOCOL = 3;

  private final Path worker;
  private final RenderOptions options;
  private final Workers workers;
  private volatile boolean opened;
  private volatile boolean restless;

  /**
   * A pool that starts its processes when they are needed.
   *
   * @param worker the binary, from the toolbox
   */
  public RenderPool(Path worker, RenderOptions options) {
    this.worker = worker;
    this.options = options;
    this.workers = new Workers(worker, options);
  }

  /**
   * Starts one process that the next request finds, and has it render nothing: what speaks to a
   * process takes longer to get ready than the process itself. Where it cannot be started, the next
   * request says so.
   */
  public void start() {
    workers.start();
    try {
      template(new TemplateRequest("", "", Trees.of(new LinkedHashMap<>(Map.of("", "")))));
    } catch (RenderException _) {
      // The next request tries again.
    }
  }

  /**
   * What a worker says of itself; {@link RenderException.Kind#UNAVAILABLE} if it is none of ours.
   */
  public WorkerFacts hello() {
    ObjectNode answer =
        ask("hello", Frames.JSON.createObjectNode(), Questions.NONE, options.deadline());
    WorkerFacts facts = read(answer.get("result"), WorkerFacts.class);
    if (facts.protocol() != PROTOCOL) {
      throw new RenderException(
          RenderException.Kind.UNAVAILABLE,
          "%s speaks protocol %d, expected %d".formatted(worker, facts.protocol(), PROTOCOL));
    }
    return facts;
  }

  /** Executes a Go template and returns its text. */
  public String template(TemplateRequest request) {
    return template(request, options.deadline());
  }

  /** The same with a deadline of its own, from when a worker is free. */
  public String template(TemplateRequest request, Duration deadline) {
    ObjectNode body = Frames.JSON.createObjectNode();
    request.write(body);
    Questions questions = new Questions(null, request.files());
    JsonNode result = ask("template", body, questions, deadline).path("result");
    settle(result.path("stable").asBoolean());
    return result.path("text").asText();
  }

  /** Merges values as Helm merges what it is given; nulls stay. */
  public ObjectNode values(ReleaseValues values) {
    ObjectNode body = Frames.JSON.createObjectNode();
    values.write(body);
    ObjectNode answer = ask("values", body, Questions.NONE, options.deadline());
    return object(answer.path("result").path("values"));
  }

  /**
   * Opens a file that SOPS encrypted for age.
   *
   * @param ageKeys identities, as in age's key file
   * @return one tree for each document
   */
  public List<ObjectNode> decrypt(String name, String text, String ageKeys) {
    ObjectNode body =
        Frames.JSON.createObjectNode().put("name", name).put("text", text).put("ageKeys", ageKeys);
    List<ObjectNode> documents = new ArrayList<>();
    ObjectNode answer = ask("decrypt", body, Questions.NONE, options.deadline());
    opened = true;
    answer.path("result").path("documents").forEach(d -> documents.add(object(d)));
    return documents;
  }

  /** What {@code helm dependency build} would fetch for a chart. */
  public List<MissingDependency> missing(ChartFiles.Folder chart) {
    ObjectNode body = Frames.JSON.createObjectNode();
    chart.write(body);
    ObjectNode answer = ask("dependencies", body, Questions.NONE, options.deadline());
    return List.of(read(answer.path("result").get("missing"), MissingDependency[].class));
  }

  /**
   * Unpacks a chart. Links, paths that lead out and archives that unpack to more than 32 MiB are
   * failures of kind {@link RenderException.Kind#CHART}.
   */
  public UnpackedChart unpack(byte[] archive) {
    ObjectNode body = Frames.JSON.createObjectNode().put("archive", archive);
    ObjectNode answer = ask("unpack", body, Questions.NONE, options.deadline());
    return read(answer.get("result"), UnpackedChart.class);
  }

  /**
   * Renders a chart without a cluster: {@code lookup} finds nothing, as in {@code helm template}.
   */
  public RenderedChart chart(ChartRequest request) {
    return chart(request, null);
  }

  /** Renders a chart; its lookups are answered by the given source, each once. */
  public RenderedChart chart(ChartRequest request, @Nullable LiveLookup lookup) {
    ObjectNode body = Frames.JSON.createObjectNode();
    request.writeRest(body);
    body.put("op", "chart").put("allowLookups", lookup != null);
    ObjectNode answer =
        workers.ask(
            new Message(body, request.chart()), new Questions(lookup, null), options.deadline());
    RenderedChart chart = read(answer.get("result"), RenderedChart.class);
    return answer.has("warnings")
        ? chart.withWarnings(List.of(read(answer.get("warnings"), String[].class)))
        : chart;
  }

  /**
   * A chart as text.
   *
   * @param stable whether the same request gives the same text at any time
   */
  public record Manifest(String text, boolean stable) {}

  /** What {@code helm template} prints of a chart: one render, and lookups find nothing. */
  public Manifest manifest(ChartRequest request, boolean crds) {
    ObjectNode body = Frames.JSON.createObjectNode();
    request.writeRest(body);
    body.put("op", "manifest").put("includeCRDs", crds);
    ObjectNode answer =
        workers.ask(new Message(body, request.chart()), Questions.NONE, options.deadline());
    // Not by way of a bean: to find out how one is read takes longer than a render does.
    ObjectNode result = object(answer.path("result"));
    Manifest manifest =
        new Manifest(result.path("text").asText(), result.path("stable").asBoolean());
    settle(manifest.stable());
    return manifest;
  }

  /** Makes the Secret that Helm would write for a release. */
  public ObjectNode encode(RecordRequest request) {
    ObjectNode body = Frames.JSON.createObjectNode();
    request.write(body);
    return secretOf(ask("record-encode", body, Questions.NONE, options.deadline()));
  }

  /**
   * Changes the state of a record and how its hooks went; all else stays.
   *
   * @param runs by the hook's place in the record
   */
  public ObjectNode update(
      ObjectNode secret, RecordState state, Map<Integer, RenderedHook.Run> runs) {
    ObjectNode body = Frames.JSON.createObjectNode();
    body.set("secret", secret);
    state.write(body);
    ObjectNode told = body.putObject("runs");
    runs.forEach((place, run) -> told.set(place.toString(), Frames.JSON.valueToTree(run)));
    return secretOf(ask("record-update", body, Questions.NONE, options.deadline()));
  }

  /**
   * Makes the Secret of a new revision that is a copy of an earlier one, as Helm's rollback does.
   *
   * @param secret of the revision to go back to
   */
  public ObjectNode rollback(ObjectNode secret, int revision, RecordState state) {
    ObjectNode body = Frames.JSON.createObjectNode();
    body.set("secret", secret);
    body.put("revision", revision);
    state.write(body);
    return secretOf(ask("record-rollback", body, Questions.NONE, options.deadline()));
  }

  /** Reads a record, whether we or Helm wrote it. */
  public ReleaseRecord decode(ObjectNode secret) {
    ObjectNode body = Frames.JSON.createObjectNode();
    body.set("secret", secret);
    return read(
        ask("record-decode", body, Questions.NONE, options.deadline()).get("result"),
        ReleaseRecord.class);
  }

  /**
   * Whether anything was ever decrypted here: from then on any text may hold it, because state
   * values go into helmfiles, inline values and templates.
   */
  boolean opened() {
    return opened;
  }

  /**
   * Whether everything that was made of templates and manifests here would come out the same at any
   * other time, and none of it can hold what was encrypted.
   */
  public boolean repeatable() {
    return !opened && !restless;
  }

  /** The binary. */
  Path worker() {
    return worker;
  }

  /** How many processes were killed for being late. */
  public int killed() {
    return workers.killed();
  }

  /** Kills all processes; requests in work fail with {@link RenderException.Kind#STOPPED}. */
  @Override
  public void close() {
    workers.close();
  }

  private ObjectNode ask(String operation, ObjectNode body, Questions questions, Duration work) {
    return workers.ask(new Message(body.put("op", operation), null), questions, work);
  }

  private void settle(boolean stable) {
    if (!stable) {
      restless = true;
    }
  }

  private static ObjectNode secretOf(ObjectNode answer) {
    return object(answer.path("result").path("secret"));
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new RenderException(
        RenderException.Kind.INTERNAL, "The render worker answered without an object.");
  }

  private static <T> T read(@Nullable JsonNode node, Class<T> type) {
    try {
      T value = Frames.JSON.treeToValue(node, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw new RenderException(
          RenderException.Kind.INTERNAL,
          "The render worker's answer is no " + type.getSimpleName() + ".",
          e);
    }
    throw new RenderException(
        RenderException.Kind.INTERNAL, "The render worker answered without a result.");
  }
}
