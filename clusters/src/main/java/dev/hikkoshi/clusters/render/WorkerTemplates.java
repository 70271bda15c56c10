package dev.hikkoshi.clusters.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.environments.port.FileTree.FileTreeException;
import dev.hikkoshi.environments.port.Templates;
import java.time.Duration;
import java.util.function.Supplier;

/** Templates that a render worker executes. */
public final class WorkerTemplates implements Templates {

  /**
   * From when a worker is free. A template takes about a millisecond, and nobody waits for one
   * without end: reading a definition is bounded by two seconds for a single mistake.
   */
  private static final Duration DEADLINE = Duration.ofMillis(1_500);

  private final Supplier<RenderPool> pool;
  private final Duration deadline;
  private final HelperFiles helpers = new HelperFiles();

  /**
   * Templates of one installation.
   *
   * @param pool asked with the first template only, so that a repository without any needs no
   *     worker
   */
  public WorkerTemplates(Supplier<RenderPool> pool) {
    this(pool, DEADLINE);
  }

  /** The same with another deadline for each template, for a machine that is busy or slow. */
  public WorkerTemplates(Supplier<RenderPool> pool, Duration deadline) {
    this.pool = pool;
    this.deadline = deadline;
  }

  @Override
  public Result render(Request request) {
    try {
      ObjectNode data = Trees.of(request.data());
      SnapshotFiles files = new SnapshotFiles(request.files(), request.folder(), helpers);
      TemplateRequest asked =
          new TemplateRequest(request.path(), request.text(), data, request.env(), files);
      return new Text(pool.get().template(asked, deadline));
    } catch (RenderException e) {
      return failed(request, e);
    } catch (FileTreeException e) {
      return new Failed(String.valueOf(e.getMessage()), 0, 0, "", false);
    }
  }

  private static Result failed(Request request, RenderException e) {
    String message = String.valueOf(e.getMessage());
    if (e.kind() == RenderException.Kind.DEADLINE || e.kind() == RenderException.Kind.MEMORY) {
      return new Stopped(message);
    }
    boolean certain = e.kind() == RenderException.Kind.FUNCTION;
    String file = e.file();
    if (file == null || file.equals(request.path())) {
      return new Failed(message, e.line(), e.column(), e.offending(), certain);
    }
    String place = e.column() > 0 ? e.line() + ":" + e.column() : Integer.toString(e.line());
    return new Failed("%s:%s: %s".formatted(file, place, message), 0, 0, e.offending(), certain);
  }
}
