package dev.hikkoshi.tools;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds binaries, and builds those that are nowhere to be found.
 *
 * <p>The order is: our cache; {@code KUBEBUILDER_ASSETS}; PATH, where the binary says it is of the
 * same minor; a build of the pinned Go module into the cache. Two processes that ask at once build
 * once; a build that is interrupted leaves nothing that could be taken for a binary.
 *
 * <p>Safe for use by several threads.
 */
public final class Toolbox {

  private final InstantSource clock;
  private final ProgressListener listener;
  private final Surroundings surroundings;
  private @Nullable Optional<GoToolchain> toolchain;

  /** Everything that is taken from the machine, so that tests can bring another one. */
  record Surroundings(
      Map<String, String> environment,
      ToolCache cache,
      ModuleSources sources,
      SpaceProbe space,
      Duration buildDeadline,
      KnownKeys known) {

    static Surroundings ofThisProcess() {
      Map<String, String> environment = System.getenv();
      return new Surroundings(
          environment,
          ToolCache.of(environment),
          ModuleSources.locate(System.getProperty("hikkoshi.root"), environment),
          SpaceProbe::ofFileSystem,
          GoBuild.DEADLINE,
          KnownKeys.in(System.getProperty(KnownKeys.FILE)));
    }
  }

  Toolbox(InstantSource clock, ProgressListener listener, Surroundings surroundings) {
    this.clock = clock;
    this.listener = listener;
    this.surroundings = surroundings;
  }

  /** A toolbox of this process's environment and of the user's cache. */
  public static Toolbox standard(InstantSource clock, ProgressListener listener) {
    return new Toolbox(clock, listener, Surroundings.ofThisProcess());
  }

  /**
   * An executable file of that tool and minor, built if need be (minutes when nothing is cached).
   *
   * @throws ToolException where it is neither there nor can be built
   */
  public Path find(Artifact artifact) {
    return find(artifact, 1, 1);
  }

  /**
   * Executable files of all the artifacts, one after the other, in their order.
   *
   * @throws ToolException for the first that is neither there nor can be built
   */
  public Map<Artifact, Path> findAll(List<Artifact> artifacts) {
    Map<Artifact, Path> found = new LinkedHashMap<>();
    for (int i = 0; i < artifacts.size(); i++) {
      found.put(artifacts.get(i), find(artifacts.get(i), i + 1, artifacts.size()));
    }
    return found;
  }

  /** Where the artifact is already; never builds. */
  public Optional<Path> present(Artifact artifact) {
    return cached(artifact, keyOf(artifact))
        .or(() -> Executables.matching(artifact, surroundings.environment()));
  }

  /**
   * Where our own build of the artifact is already, whichever Go made it. No process is started to
   * find out, and the sources are not read where the launcher has seen that they are those of the
   * last build: for commands that are over in less than a second.
   */
  public Optional<Path> ready(Artifact artifact) {
    String key = surroundings.known().of(artifact).orElseGet(() -> keyOf(artifact));
    return surroundings.cache().builtWithAnyGo(artifact, key);
  }

  /** What the cache calls the artifact: a hash of all that decides what it does. */
  String keyOf(Artifact artifact) {
    return contentKey(artifact, sources(artifact));
  }

  private Path find(Artifact artifact, int number, int of) {
    SortedMap<String, byte[]> sources = sources(artifact);
    String contentKey = contentKey(artifact, sources);
    Optional<Path> there =
        cached(artifact, contentKey)
            .or(() -> Executables.matching(artifact, surroundings.environment()));
    if (there.isPresent()) {
      listener.onProgress(new Progress.Found(artifact, number, of, there.get()));
      return there.get();
    }
    GoToolchain go = toolchain().orElseThrow(() -> GoToolchain.missing(artifact));
    go.requireNewEnough();
    return new Builder(artifact, number, of, contentKey, sources, go).build();
  }

  private SortedMap<String, byte[]> sources(Artifact artifact) {
    return surroundings.sources().files(artifact.tool().module());
  }

  private static String contentKey(Artifact artifact, SortedMap<String, byte[]> sources) {
    return ToolCache.contentKey(artifact, sources);
  }

  private Optional<Path> cached(Artifact artifact, String contentKey) {
    ToolCache cache = surroundings.cache();
    return toolchain()
        .map(go -> cache.place(artifact, contentKey, go.version()))
        .map(place -> Optional.of(place).filter(Files::isExecutable))
        .orElseGet(() -> cache.builtWithAnyGo(artifact, contentKey));
  }

  private synchronized Optional<GoToolchain> toolchain() {
    if (toolchain == null) {
      toolchain = GoToolchain.locate(surroundings.environment());
    }
    return toolchain;
  }

  /** One build, from taking the lock to the binary in its place. */
  private final class Builder {
    private final Artifact artifact;
    private final int number;
    private final int of;
    private final SortedMap<String, byte[]> files;
    private final GoToolchain go;
    private final Path place;

    Builder(
        Artifact artifact,
        int number,
        int of,
        String contentKey,
        SortedMap<String, byte[]> files,
        GoToolchain go) {
      this.artifact = artifact;
      this.number = number;
      this.of = of;
      this.files = files;
      this.go = go;
      this.place = surroundings.cache().place(artifact, contentKey, go.version());
    }

    Path build() {
      ToolCache cache = surroundings.cache();
      GoModule module = artifact.tool().module();
      Runnable busy = () -> listener.onProgress(new Progress.Waiting(artifact, number, of));
      try (ToolCache.Held _ = cache.lock(module, busy)) {
        if (Files.isExecutable(place)) {
          listener.onProgress(new Progress.Found(artifact, number, of, place));
          return place;
        }
        cache.sweep(module);
        requireSpace(module);
        Path work = cache.workFolder(module);
        try {
          return buildIn(work);
        } finally {
          ToolCache.delete(work);
        }
      } catch (InterruptedException
          | ClosedByInterruptException
          | FileLockInterruptionException e) {
        Thread.currentThread().interrupt();
        throw new ToolException(
            ToolException.Reason.INTERRUPTED, "Building " + artifact + " was interrupted.", e);
      } catch (IOException e) {
        throw cacheBroken(e);
      }
    }

    private Path buildIn(Path work) throws IOException, InterruptedException {
      Instant begin = clock.instant();
      Path sources = Files.createDirectory(work.resolve("sources"));
      ModuleSources.extract(files, sources);
      Path out = Files.createDirectory(work.resolve("out"));
      Path binary = out.resolve(artifact.tool().binary());
      new GoBuild(go, surroundings.environment(), clock, surroundings.buildDeadline())
          .run(
              artifact,
              sources,
              binary,
              tick ->
                  listener.onProgress(
                      new Progress.Building(
                          artifact, number, of, tick.elapsed(), tick.packages(), tick.last())));
      Path published = surroundings.cache().publish(binary, place);
      Duration elapsed = Duration.between(begin, clock.instant());
      listener.onProgress(new Progress.Built(artifact, number, of, elapsed, published));
      return published;
    }

    private void requireSpace(GoModule module) throws IOException {
      boolean warm = surroundings.cache().warm(module);
      long needed = warm ? module.warmBytes() : module.coldBytes();
      for (Path folder :
          Stream.of(surroundings.cache().root(), go.buildCache()).distinct().toList()) {
        long usable = surroundings.space().usableBytes(folder);
        if (usable < needed) {
          throw new ToolException(
              ToolException.Reason.DISK_FULL,
              "Building %s needs about %d MB below %s, and %d MB are left. Free some space, or set %s to a folder on a bigger disk."
                  .formatted(
                      artifact,
                      needed >> 20,
                      folder,
                      usable >> 20,
                      folder.equals(go.buildCache()) ? "GOCACHE" : "HIKKOSHI_CACHE"));
        }
      }
    }

    private ToolException cacheBroken(IOException e) {
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      return new ToolException(
          full ? ToolException.Reason.DISK_FULL : ToolException.Reason.CACHE,
          "The cache %s cannot be used for %s: %s. Set HIKKOSHI_CACHE to a folder that can be written."
              .formatted(surroundings.cache().root(), artifact, e),
          e);
    }
  }
}
