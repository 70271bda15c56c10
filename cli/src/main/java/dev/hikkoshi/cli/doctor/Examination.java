package dev.hikkoshi.cli.doctor;

import dev.hikkoshi.cli.CliException;
import dev.hikkoshi.cli.Exit;
import dev.hikkoshi.cli.Session;
import dev.hikkoshi.cli.apps.Worker;
import dev.hikkoshi.clusters.helm.DryRender;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.check.doctor.Subject;
import dev.hikkoshi.environments.check.outside.Rendering;
import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.desired.Desired;
import dev.hikkoshi.environments.desired.Measuring;
import dev.hikkoshi.environments.observed.Observation;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Renders environments for the doctor. Closing it ends the workers. */
public final class Examination implements AutoCloseable {

  private final Worker worker;

  private Examination(Worker worker) {
    this.worker = worker;
  }

  /** Render workers are started with the first chart or template. */
  public static Examination open(Session session) {
    return new Examination(new Worker(session));
  }

  /** What templates of helmfiles are rendered with. */
  public Templates templates() {
    return worker.templates();
  }

  /** What encrypted values of environments are opened with. */
  public Secrets secrets() {
    return worker.secrets();
  }

  /**
   * The environment as the doctor examines it: rendered for the next cluster, and for the one that
   * would serve beside it.
   *
   * @throws CliException when nothing can be rendered at the moment
   */
  public Subject subject(Definition definition, String commit) {
    Desired desired = desired(definition, commit);
    String version = desired.cluster().version();
    String stem = definition.name() + "-" + version.replace('.', '-') + "-";
    try {
      SortedMap<ReleaseId, DryRender.Result> here = render(desired, stem + "2", version);
      SortedMap<ReleaseId, DryRender.Result> beside = render(desired, stem + "1", version);
      return new Subject(
          desired,
          definition.folder().isEmpty()
              ? "environment.yaml"
              : definition.folder() + "/environment.yaml",
          rendering(here),
          rendering(beside),
          stem + "1",
          problems(here),
          sources(here),
          Optional.empty());
    } catch (RenderException e) {
      throw new CliException(
          Exit.ERROR, "charts cannot be rendered: " + e.getMessage(), "hikkoshi tools build");
    }
  }

  /** The state that a definition asks for; what needs two commits is not asked here. */
  public static Desired desired(Definition definition, String commit) {
    return definition.toDesired(
        commit,
        Measuring.standard(),
        Observation.unknown("manifests of the old side", "the doctor compares no commits"));
  }

  private SortedMap<ReleaseId, DryRender.Result> render(
      Desired desired, String cluster, String version) {
    return new DryRender(worker.renderer(), Worker.WIDTH)
        .all(desired.wanted(cluster, version, true));
  }

  private static Rendering rendering(SortedMap<ReleaseId, DryRender.Result> results) {
    Map<ReleaseId, Rendering.Content> contents = new HashMap<>();
    results.forEach(
        (id, result) -> {
          if (result instanceof DryRender.Result.Good good) {
            contents.put(id, new Rendering.Content(good.objects(), good.hooks()));
          }
        });
    return Rendering.of(contents);
  }

  private static SortedMap<ReleaseId, String> problems(
      SortedMap<ReleaseId, DryRender.Result> results) {
    SortedMap<ReleaseId, String> problems = new TreeMap<>();
    results.forEach(
        (id, result) -> {
          if (result instanceof DryRender.Result.Bad bad) {
            problems.put(id, bad.problem());
          }
        });
    return problems;
  }

  private static Map<String, String> sources(SortedMap<ReleaseId, DryRender.Result> results) {
    Map<String, String> sources = new HashMap<>();
    results.forEach(
        (id, result) -> {
          if (result instanceof DryRender.Result.Good good) {
            good.sources()
                .forEach((path, source) -> sources.put(path, source + " of release " + id));
          }
        });
    return sources;
  }

  Worker worker() {
    return worker;
  }

  @Override
  public void close() {
    worker.close();
  }
}
