package dev.hikkoshi.cli.apps;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.clusters.charts.ChartStore;
import dev.hikkoshi.clusters.charts.Logins;
import dev.hikkoshi.clusters.charts.RemoteCharts;
import dev.hikkoshi.clusters.helm.ReleaseRenderer;
import dev.hikkoshi.clusters.render.AgeKeys;
import dev.hikkoshi.clusters.render.ChartRenders;
import dev.hikkoshi.clusters.render.RenderOptions;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderStore;
import dev.hikkoshi.clusters.render.SopsSecrets;
import dev.hikkoshi.clusters.render.WorkerTemplates;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.tools.Artifact;
import dev.hikkoshi.tools.ProgressListener;
import dev.hikkoshi.tools.Tool;
import dev.hikkoshi.tools.ToolException;
import dev.hikkoshi.tools.Toolbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The render processes of one command, started when the first template or chart is met. */
public final class Worker implements AutoCloseable {

  /** More processes than cores render no faster. */
  private static final int MOST = 16;

  /** Releases at work at a time: as many as processes, and a few whose next step is ours. */
  public static final int WIDTH = 2 * processes();

  /** How long one template of a helmfile may take, where 1.5 s are not enough. */
  private static final String SECONDS = "HIKKOSHI_TEMPLATE_SECONDS";

  private static final long RENDERS_ON_DISK = 512L << 20;

  private final Session session;
  private final AtomicBoolean fetched = new AtomicBoolean();
  private @Nullable Path binary;
  private @Nullable RenderPool pool;

  /** Processes of one command. */
  public Worker(Session session) {
    this.session = session;
  }

  /** The render worker's binary where it is built already; nothing is built to find out. */
  public static Optional<Path> built(Session session) {
    return Toolbox.standard(session.clock(), ProgressListener.silent()).ready(Tool.RENDER.pinned());
  }

  /**
   * Starts one process while the caller reads on: the helmfile's first template then waits for
   * neither it nor what speaks to it. Does nothing where the worker is not built; who asks for the
   * pool is told.
   */
  public void ahead() {
    Thread.ofPlatform().daemon().name("render-ahead").start(this::startBuilt);
  }

  private synchronized void startBuilt() {
    try {
      built(session).ifPresent(found -> pool(found).start());
    } catch (ToolException _) {
      // As where it is not built.
    }
  }

  /** Whether there are processes, or will be with the first request; none is built to find out. */
  synchronized boolean there() {
    return pool != null;
  }

  private static int processes() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST);
  }

  /** The pool; built from source when the worker is nowhere to be found, which is told. */
  public synchronized RenderPool pool() {
    RenderPool known = pool;
    return known == null ? pool(binary(Tool.RENDER.pinned())) : known;
  }

  private synchronized RenderPool pool(Path found) {
    RenderPool known = pool;
    if (known == null) {
      known = new RenderPool(found, RenderOptions.DEFAULT.withWorkers(processes()));
      binary = found;
      pool = known;
    }
    return known;
  }

  /** Templates of helmfiles; the pool is started with the first. */
  public Templates templates() {
    return session
        .variable(SECONDS)
        .map(text -> new WorkerTemplates(this::pool, seconds(text)))
        .orElseGet(() -> new WorkerTemplates(this::pool));
  }

  /** Encrypted values, with the keys that {@code SOPS_AGE_KEY_FILE} names. */
  public Secrets secrets() {
    return secrets(ageKeys());
  }

  /** Encrypted values; the pool is started with the first. */
  Secrets secrets(Optional<Path> ageKeys) {
    return new SopsSecrets(this::pool, AgeKeys.in(ageKeys));
  }

  /**
   * A renderer of releases.
   *
   * @param cache where renders are kept; empty for nowhere
   */
  ReleaseRenderer renderer(HelmfileOptions options, Optional<Path> cache) {
    RenderPool started = pool();
    return new ReleaseRenderer(
        started,
        new ChartRenders(started, cache.map(folder -> store(folder, session))),
        new NoticedCharts(options.plainHttp() ? new PlainHttpCharts(charts()) : charts(), fetched),
        AgeKeys.in(options.ageKeys(session)));
  }

  /**
   * Charts from elsewhere, kept in the user's cache. The path is absolute: Helm works in a folder
   * of its own.
   */
  private RemoteCharts charts() {
    return charts(() -> binary(Tool.HELM.pinned()), this::pool);
  }

  private RemoteCharts charts(Supplier<Path> helm, Supplier<RenderPool> unpacking) {
    Path caches =
        TargetOptions.caches(session).orElseGet(() -> session.folder().resolve(".hikkoshi"));
    return new ChartStore(
        helm,
        session.folder().resolve(caches).resolve("charts"),
        Logins.NONE,
        unpacking,
        session.clock());
  }

  /**
   * Charts from elsewhere, for who builds no tool to have them: building one takes minutes, and a
   * plan does not surprise with that.
   */
  RemoteCharts chartsOfBuilt() {
    return charts(() -> present(Tool.HELM), () -> pool(present(Tool.RENDER)));
  }

  /** The same for the renderer; empty where the render worker is not built. */
  public Optional<ReleaseRenderer> rendererIfBuilt() {
    Optional<Path> found = find(Tool.RENDER);
    return found.map(
        binary -> {
          RenderPool started = pool(binary);
          return new ReleaseRenderer(
              started,
              new ChartRenders(started, Optional.empty()),
              chartsOfBuilt(),
              AgeKeys.in(ageKeys()));
        });
  }

  private Path present(Tool tool) {
    return find(tool)
        .orElseThrow(
            () ->
                new CliException(
                    Exit.ERROR, tool.binary() + " is not built yet; hikkoshi tools builds it", ""));
  }

  private Optional<Path> find(Tool tool) {
    try {
      return Toolbox.standard(session.clock(), ProgressListener.silent()).present(tool.pinned());
    } catch (ToolException e) {
      throw new CliException(Exit.ERROR, String.valueOf(e.getMessage()), "");
    }
  }

  /** Where renders are kept, below a folder. */
  static RenderStore store(Path folder, Session session) {
    return new RenderStore(folder, RENDERS_ON_DISK, session.clock());
  }

  /**
   * Whether all that was rendered so far would come out the same with the same files: nothing
   * random or dated, nothing encrypted, no chart from elsewhere.
   */
  synchronized boolean repeatable() {
    return pool != null && pool.repeatable() && !fetched.get();
  }

  /** The binaries that took part so far. */
  synchronized List<Path> binaries() {
    return binary == null ? List.of() : List.of(binary);
  }

  /** Whether encrypted values can be opened. */
  boolean hasKeys() {
    return ageKeys().isPresent();
  }

  private Optional<Path> ageKeys() {
    return session.variable("SOPS_AGE_KEY_FILE").map(Path::of).map(session.folder()::resolve);
  }

  /** A renderer that keeps nothing, for charts without credentials. */
  public ReleaseRenderer renderer() {
    RenderPool started = pool();
    return new ReleaseRenderer(
        started, new ChartRenders(started, Optional.empty()), charts(), AgeKeys.in(ageKeys()));
  }

  private static Duration seconds(String text) {
    try {
      return Duration.ofSeconds(Math.clamp(Long.parseLong(text), 1, 600));
    } catch (NumberFormatException e) {
      throw new CliException(Exit.USAGE, "%s: '%s' is no number".formatted(SECONDS, text), "");
    }
  }

  private Path binary(Artifact tool) {
    try {
      Toolbox toolbox = Toolbox.standard(session.clock(), ProgressListener.lines(session::say));
      return toolbox.ready(tool).orElseGet(() -> toolbox.find(tool));
    } catch (ToolException e) {
      throw new CliException(
          Exit.ERROR,
          String.valueOf(e.getMessage()),
          "hikkoshi tools build " + tool.tool().binary());
    }
  }

  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
