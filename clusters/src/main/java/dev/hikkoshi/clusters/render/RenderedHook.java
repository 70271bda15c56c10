package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Helm hook: an object that is no part of the release.
 *
 * @param events such as {@code pre-install}
 * @param weight hooks of one event run from the lowest
 * @param deletePolicies such as {@code hook-succeeded}
 * @param outputLogPolicies when its output may be shown: {@code hook-succeeded}, {@code
 *     hook-failed}
 * @param unstable as in {@link RenderedObject}
 * @param lastRun as its record tells it; null as long as nobody began to run it
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RenderedHook(
    String source,
    ObjectNode object,
    List<String> events,
    int weight,
    List<String> deletePolicies,
    List<String> outputLogPolicies,
    @Nullable List<String> unstable,
    @Nullable Run lastRun) {

  public RenderedHook {
    events = List.copyOf(events);
    deletePolicies = List.copyOf(deletePolicies);
    outputLogPolicies = List.copyOf(outputLogPolicies);
    unstable = unstable == null ? List.of() : List.copyOf(unstable);
  }

  /**
   * A hook's last run.
   *
   * @param startedAt RFC 3339; null where the record has none
   * @param completedAt RFC 3339; null as long as it runs
   * @param phase Helm's word
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Run(@Nullable String startedAt, @Nullable String completedAt, Phase phase) {

    /** A run that began. */
    public static Run begun(Instant at, Phase phase) {
      return new Run(at.toString(), null, phase);
    }

    public Run ended(Instant at, Phase how) {
      return new Run(startedAt, at.toString(), how);
    }

    public Optional<Instant> started() {
      return startedAt == null ? Optional.empty() : Optional.of(Instant.parse(startedAt));
    }
  }

  /** Helm's words for how a run went. */
  public enum Phase {
    /** It may have been begun or not. */
    @JsonProperty("Unknown")
    UNKNOWN,
    @JsonProperty("Running")
    RUNNING,
    @JsonProperty("Succeeded")
    SUCCEEDED,
    @JsonProperty("Failed")
    FAILED
  }

  @Override
  public List<String> unstable() {
    return unstable == null ? List.of() : unstable;
  }

  /** Its last run; empty as long as nobody began to run it. */
  public Optional<Run> ran() {
    return Optional.ofNullable(lastRun);
  }

  void write(ObjectNode request) {
    request.put("source", source).put("weight", weight).set("object", object);
    events.forEach(request.putArray("events")::add);
    deletePolicies.forEach(request.putArray("deletePolicies")::add);
    outputLogPolicies.forEach(request.putArray("outputLogPolicies")::add);
  }
}
