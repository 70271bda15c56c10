package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a worker says of itself. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WorkerFacts(
    int protocol, String helm, String sprig, String go, String platform, Confinement confinement) {

  /**
   * What holds the worker; nothing is claimed that is not active.
   *
   * @param dataLimit bytes of memory after which the kernel refuses more; 0 where there is no limit
   * @param missing what is not active, and why
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Confinement(
      boolean seccomp,
      boolean landlock,
      long dataLimit,
      long maxStack,
      @Nullable List<String> missing) {
    public Confinement {
      missing = missing == null ? List.of() : List.copyOf(missing);
    }
  }
}
