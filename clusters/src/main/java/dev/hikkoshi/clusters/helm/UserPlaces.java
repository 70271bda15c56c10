package dev.hikkoshi.clusters.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hikkoshi.clusters.render.ChartRequest;
import dev.hikkoshi.clusters.render.RenderException;
import dev.hikkoshi.environments.port.ChartSource;
import dev.hikkoshi.environments.port.InsideGateway.Line;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells a render's failure in the files that the user wrote: a chart's template by its path in the
 * repository, a violation of a schema where the value stands. What has no such line, a chart from
 * elsewhere or one that cannot be had, is told where the helmfile defines the release.
 */
final class UserPlaces {

  private final WantedRelease release;

  private UserPlaces(WantedRelease release) {
    this.release = release;
  }

  /**
   * The failure with its problems as a person is told them.
   *
   * @param request null when the failure is that there is none
   */
  static RenderException told(
      RenderException e, WantedRelease release, @Nullable ChartRequest request) {
    if (!e.told().isEmpty()) {
      return e;
    }
    UserPlaces places = new UserPlaces(release);
    return e.told(
        request == null || e.problems().isEmpty()
            ? places.one(e).stream().toList()
            : places.violations(e, new ValuePlaces(release, request)));
  }

  /** Where the helmfile defines the release. */
  static Place defined(WantedRelease release) {
    Line line = release.line();
    return new Place(line.file(), line.number(), line.column(), line.length());
  }

  private List<Problem> violations(RenderException e, ValuePlaces values) {
    return e.problems().stream()
        .map(
            violation ->
                new Problem(
                    values.of(violation.pointer()).orElse(defined(release)),
                    "the values do not meet the schema of chart %s: %s%s"
                        .formatted(
                            violation.chart(),
                            violation.pointer().isEmpty() ? "" : violation.pointer() + ": ",
                            violation.message()),
                    Optional.empty(),
                    // Values may be secrets: their line is not shown.
                    Optional.empty()))
        .toList();
  }

  /** Empty when nothing is known of where it could be. */
  private Optional<Problem> one(RenderException e) {
    String message = String.valueOf(e.getMessage());
    String file = e.file();
    if (file == null) {
      return elsewhere(message);
    }
    Optional<Source> source = source(file);
    if (source.isEmpty()) {
      String at = e.line() > 0 ? file + ":" + e.line() : file;
      return elsewhere("%s of %s: %s".formatted(at, chart(), message));
    }
    return Optional.of(
        new Problem(
            source.get().place(e), message, Optional.empty(), source.get().excerpt(e.line())));
  }

  private Optional<Problem> elsewhere(String message) {
    return release.line().file().isEmpty()
        ? Optional.empty()
        : Optional.of(new Problem(defined(release), message, Optional.empty(), Optional.empty()));
  }

  private String chart() {
    return "the chart " + release.chart();
  }

  private Optional<Source> source(String file) {
    for (Values values : release.values()) {
      Optional<Source> found =
          switch (values) {
            case Values.Template template -> of(template, file);
            case Values.File(String path, byte[] content) when path.equals(file) ->
                Optional.of(new Source(path, text(content), false));
            case Values.Secret(String path, _) when path.equals(file) -> Optional.of(bare(path));
            case Values.InlineTemplate inline when inline.path().equals(file) ->
                Optional.of(bare(file));
            case Values.Assign assign when assign.path().equals(file) -> Optional.of(bare(file));
            case Values.File _,
                Values.Secret _,
                Values.InlineTemplate _,
                Values.Assign _,
                Values.AssignFile _,
                Values.Inline _ ->
                Optional.empty();
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return release.chart() instanceof ChartSource.Folder folder
        ? ofChart(folder, file)
        : Optional.empty();
  }

  /** The template itself, or a helper beside it. */
  private static Optional<Source> of(Values.Template template, String file) {
    if (template.path().equals(file)) {
      return Optional.of(new Source(file, text(template.content()), false));
    }
    return file.endsWith(".tpl")
        ? template.files().read(file).map(content -> new Source(file, text(content), false))
        : Optional.empty();
  }

  /** Helm calls files by the chart's name, whatever its folder is called. */
  private static Optional<Source> ofChart(ChartSource.Folder folder, String file) {
    String below = file.substring(file.indexOf('/') + 1);
    byte[] content = folder.files().get(below);
    if (content == null) {
      return Optional.empty();
    }
    String path = folder.path().isEmpty() ? below : folder.path() + "/" + below;
    return Optional.of(new Source(path, text(content), !below.startsWith("values")));
  }

  private static Source bare(String path) {
    return new Source(path, List.of(), false);
  }

  private static List<String> text(byte[] content) {
    return new String(content, UTF_8).lines().toList();
  }

  /**
   * A file of the repository.
   *
   * @param lines none where they are not known
   * @param shown whether a line may be printed: none of values is, it may be a secret
   */
  private record Source(String file, List<String> lines, boolean shown) {

    Place place(RenderException e) {
      if (e.line() < 1) {
        return Place.of(file);
      }
      String line = e.line() > lines.size() ? "" : lines.get(e.line() - 1);
      if (e.column() < 1) {
        String words = line.strip();
        return new Place(file, e.line(), line.indexOf(words) + 1, Math.max(1, length(words)));
      }
      int column = characters(line, e.column());
      boolean there = line.startsWith(e.offending(), line.offsetByCodePoints(0, column - 1));
      return new Place(file, e.line(), column, Math.max(1, there ? length(e.offending()) : 1));
    }

    Optional<String> excerpt(int line) {
      return shown && line > 0 && line <= lines.size()
          ? Problem.excerpt(lines.get(line - 1), 1)
          : Optional.empty();
    }

    private static int length(String text) {
      return text.codePointCount(0, text.length());
    }

    /** A column that Go counted in bytes; never beyond the line's end. */
    private static int characters(String line, int bytes) {
      byte[] all = line.getBytes(UTF_8);
      int before = Math.min(all.length, bytes - 1);
      return length(new String(all, 0, before, UTF_8)) + 1;
    }
  }
}
