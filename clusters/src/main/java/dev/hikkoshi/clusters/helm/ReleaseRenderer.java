package dev.hikkoshi.clusters.helm;

import dev.hikkoshi.clusters.charts.ChartException;
import dev.hikkoshi.clusters.charts.Dependencies;
import dev.hikkoshi.clusters.charts.RemoteCharts;
import dev.hikkoshi.clusters.kube.Trees;
import dev.hikkoshi.clusters.render.AgeKeys;
import dev.hikkoshi.clusters.render.ChartFiles;
import dev.hikkoshi.clusters.render.ChartRenders;
import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.LiveLookup;
import dev.hikkoshi.clusters.render.ReleaseValues;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.clusters.render.RenderPool;
import dev.hikkoshi.clusters.render.RenderedChart;
import dev.hikkoshi.clusters.render.ValuesFile;
import dev.hikkoshi.environments.helmfile.InlineTemplate;
import dev.hikkoshi.environments.helmfile.RenderedLines;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.environments.reading.Problems;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a wanted release what a worker is asked, and asks it: its chart from wherever it comes,
 * its templates rendered, its values in Helm's order. It knows no cluster; whoever calls says what
 * the cluster is like, so that a command without one renders the same.
 */
public final class ReleaseRenderer {

  private final ChartRenders renders;
  private final RemoteCharts charts;
  private final Dependencies dependencies;
  private final AgeKeys keys;
  private final TemplateMemo templates;
  private final Map<ChartSource.Folder, ChartFiles> folders =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * A renderer.
   *
   * @param keys what encrypted values are opened with
   */
  public ReleaseRenderer(RenderPool pool, ChartRenders renders, RemoteCharts charts, AgeKeys keys) {
    this.renders = renders;
    this.charts = charts;
    this.dependencies = new Dependencies(charts, () -> pool);
    this.keys = keys;
    this.templates = new TemplateMemo(pool);
  }

  /** A renderer of charts in the repository, without secrets, that keeps nothing on a disk. */
  public static ReleaseRenderer local(RenderPool pool) {
    return new ReleaseRenderer(
        pool, new ChartRenders(pool, Optional.empty()), RemoteCharts.NONE, AgeKeys.NONE);
  }

  /**
   * What a chart is told of its cluster.
   *
   * @param kubeVersion the server's git version
   * @param apiVersions null for those that Helm itself knows
   * @param moreApiVersions added to these
   */
  public record Target(
      String kubeVersion, @Nullable List<String> apiVersions, List<String> moreApiVersions) {

    public Target {
      moreApiVersions = List.copyOf(moreApiVersions);
    }

    /** What a cluster says, and nothing more. */
    public Target(String kubeVersion, @Nullable List<String> apiVersions) {
      this(kubeVersion, apiVersions, List.of());
    }
  }

  /**
   * The request for a release.
   *
   * @param data of the cluster it is for
   * @param revision what {@code .Release.Revision} says
   * @throws RenderException when a template, an assignment or the chart cannot be had
   */
  public ChartRequest request(
      WantedRelease release, TemplateData data, Target target, int revision) {
    try {
      return new ChartRequest(
          chart(release),
          values(release, data),
          new ChartRequest.Release(release.id().name(), release.id().namespace(), revision),
          target.kubeVersion(),
          target.apiVersions(),
          target.moreApiVersions(),
          release.settings().skipSchemaValidation());
    } catch (RenderException e) {
      throw UserPlaces.told(e, release, null);
    }
  }

  /**
   * What the release becomes.
   *
   * @param lookup null where there is no cluster to ask
   * @throws RenderException when it becomes nothing
   */
  public RenderedChart render(
      ChartRequest request, WantedRelease release, @Nullable LiveLookup lookup) {
    RenderedChart chart = inWritten(request, release, () -> renders.chart(request, lookup));
    return release.settings().skipCrds() ? chart.withoutCrds() : chart;
  }

  /** What {@code helm template} prints of it; no cluster is asked. */
  String text(ChartRequest request, WantedRelease release, boolean crds) {
    return inWritten(request, release, () -> renders.text(request, crds));
  }

  /** A mistake is told in a line that the user wrote, that of rendered values in their template. */
  private static <T> T inWritten(
      ChartRequest request, WantedRelease release, Supplier<T> rendering) {
    try {
      return rendering.get();
    } catch (RenderException e) {
      throw UserPlaces.told(written(e, request, release), release, request);
    }
  }

  private static RenderException written(
      RenderException e, ChartRequest request, WantedRelease release) {
    for (Values values : release.values()) {
      if (values instanceof Values.Template(String path, byte[] content, _)
          && e.kind() == RenderException.Kind.VALUES
          && path.equals(e.file())
          && e.line() > 0) {
        int line = RenderedLines.written(utf8(content), rendered(request, path), e.line());
        return e.in(path, line, "after rendering");
      }
    }
    return e;
  }

  private static String rendered(ChartRequest request, String path) {
    return request.values().files().stream()
        .flatMap(f -> f instanceof ValuesFile.Text text ? Stream.of(text) : Stream.of())
        .filter(text -> text.name().equals(path))
        .map(ValuesFile.Text::yaml)
        .findFirst()
        .orElse("");
  }

  private ChartFiles chart(WantedRelease release) {
    try {
      return switch (release.chart()) {
        case ChartSource.Folder folder -> chart(folder);
        case ChartSource.Repository repository ->
            new ChartFiles.Folder(charts.get(repository).files());
        case ChartSource.Registry registry -> new ChartFiles.Folder(charts.get(registry).files());
      };
    } catch (ChartException e) {
      throw new RenderException(
          switch (e.reason()) {
            case WRONG -> RenderException.Kind.CHART;
            case UNREACHABLE -> RenderException.Kind.FETCH;
          },
          "the chart of %s: %s".formatted(release.id(), e.getMessage()));
    }
  }

  /** One instance for all releases of a chart, as long as nothing of it has to be fetched. */
  private ChartFiles chart(ChartSource.Folder folder) {
    ChartFiles known = folders.get(folder);
    if (known != null) {
      return known;
    }
    ChartFiles chart = new ChartFiles.Folder(dependencies.complete(folder));
    if (Dependencies.none(folder.files())) {
      folders.put(folder, chart);
    }
    return chart;
  }

  private ReleaseValues values(WantedRelease release, TemplateData data) {
    List<ValuesFile> files = new ArrayList<>();
    List<String> set = new ArrayList<>();
    List<String> setString = new ArrayList<>();
    Map<String, byte[]> setFile = new LinkedHashMap<>();
    for (Values values : release.values()) {
      switch (values) {
        case Values.File(String path, byte[] content) ->
            files.add(new ValuesFile.Text(path, utf8(content)));
        case Values.Template(String path, byte[] content, FileTree tree) ->
            files.add(new ValuesFile.Text(path, render(release, data, path, utf8(content), tree)));
        case Values.Inline(Map<String, Object> map) ->
            files.add(new ValuesFile.Inline("values of " + release.id(), Trees.of(map)));
        case Values.InlineTemplate(String path, int line, String text, FileTree tree) ->
            files.add(
                inline(
                    path,
                    line,
                    told(
                        path,
                        line,
                        "valuesTemplate",
                        () -> render(release, data, path, text, tree))));
        case Values.Secret(String path, byte[] content) ->
            files.add(new ValuesFile.Encrypted(path, utf8(content)));
        case Values.Assign assign ->
            assign
                .rendered(
                    text ->
                        told(
                            assign.path(),
                            assign.line(),
                            "setTemplate " + assign.name(),
                            () -> rendered(release, data, assign.name(), text)))
                .expression()
                .ifPresent((assign.text() ? setString : set)::add);
        case Values.AssignFile(String name, _, byte[] content) -> setFile.put(name, content);
      }
    }
    return new ReleaseValues(files, set, setString, setFile, keys);
  }

  private String render(
      WantedRelease release, TemplateData data, String path, String text, FileTree tree) {
    return templates.render(release, data, path, text, tree);
  }

  /** A name or a value of {@code setTemplate}, which sees no files. */
  private String rendered(WantedRelease release, TemplateData data, String name, String text) {
    return text.contains("{{")
        ? templates.render(release, data, "setTemplate " + name, text, null)
        : text;
  }

  /** Lines of a text that was taken out of a helmfile are nobody's; its place there is told. */
  private static String told(String path, int line, String what, Supplier<String> rendered) {
    try {
      return rendered.get();
    } catch (RenderException e) {
      boolean template =
          e.kind() == RenderException.Kind.TEMPLATE || e.kind() == RenderException.Kind.FUNCTION;
      throw template && line > 0 ? e.in(path, line, what) : e;
    }
  }

  private static ValuesFile inline(String path, int line, String rendered) {
    Problems problems = new Problems();
    return InlineTemplate.values(path, rendered, problems)
        .<ValuesFile>map(values -> new ValuesFile.Inline(path, Trees.of(values)))
        .orElseThrow(
            () -> {
              Problem first = problems.all().getFirst();
              return new RenderException(
                  RenderException.Kind.VALUES,
                  "%s:%d: valuesTemplate, after rendering: %s"
                      .formatted(path, line, first.message()));
            });
  }

  private static String utf8(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
