package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.observed.Facts;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.port.Templates.Failed;
import dev.hikkoshi.environments.port.Templates.Request;
import dev.hikkoshi.environments.port.Templates.Stopped;
import dev.hikkoshi.environments.port.Templates.Text;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.Map;
import java.util.Optional;

/**
 * Renders texts of the helmfile through the port; what is wrong becomes a problem at the place in
 * the user's file. After one that had to be stopped no other is tried: a thousand of them would
 * take a thousand times as long.
 */
final class Rendering {

  private final Templates templates;
  private final SourceFiles files;
  private final Map<String, String> env;
  private final Problems problems;
  private final Stop stop;
  private final boolean sure;

  Rendering(Templates templates, SourceFiles files, Map<String, String> env, Problems problems) {
    this.templates = templates;
    this.files = files;
    this.env = env;
    this.problems = problems;
    this.stop = new Stop();
    this.sure = true;
  }

  private Rendering(Rendering other, boolean sure) {
    this.templates = other.templates;
    this.files = other.files;
    this.env = other.env;
    this.problems = other.problems;
    this.stop = other.stop;
    this.sure = sure;
  }

  private static final class Stop {

    private boolean on;
  }

  /** The same; where values are not sure, it does not tell what may fail only for want of one. */
  Rendering where(boolean valuesAreSure) {
    return valuesAreSure == sure ? this : new Rendering(this, valuesAreSure);
  }

  /**
   * Renders one text.
   *
   * @param at where its first line begins: a file's part begins at its own line, column 1; the text
   *     of a field where its value stands
   * @param folder what paths in the template are relative to
   * @return empty exactly when it fails, which is a problem where values are sure
   */
  Optional<String> render(String text, Place at, String folder, Map<String, Object> data) {
    if (stop.on) {
      problems.add(at, "the template was not tried", "another one had to be stopped");
      return Optional.empty();
    }
    Request request = new Request(at.file(), text, data, files.recorded(), folder, env);
    return switch (templates.render(request)) {
      case Text(String rendered) -> Optional.of(rendered);
      case Failed failed -> {
        if (sure || failed.certain()) {
          fail(failed, text, at);
        }
        yield Optional.empty();
      }
      case Stopped(String message) -> {
        stop.on = true;
        problems.add(at, "the template fails: " + message);
        yield Optional.empty();
      }
    };
  }

  private void fail(Failed failed, String text, Place at) {
    String message = "the template fails: " + failed.message();
    Place place = failed.line() == 0 ? at : place(failed, text, at);
    Optional<String> fact =
        Facts.PER_CLUSTER.stream()
            .filter(name -> failed.message().contains("no entry for key \"" + name + "\""))
            .findFirst();
    if (fact.isPresent()) {
      problems.add(
          place,
          message,
          fact.get() + " differs per cluster; use it in a values file of a release");
    } else {
      problems.add(place, message);
    }
  }

  private static Place place(Failed failed, String text, Place at) {
    int columnsBefore = failed.line() == 1 ? Math.max(0, at.column() - 1) : 0;
    int line = Math.max(1, at.line()) + failed.line() - 1;
    String written = text.lines().skip(failed.line() - 1L).findFirst().orElse("");
    int column = failed.column() == 0 ? written.indexOf(failed.offending()) + 1 : failed.column();
    return new Place(
        at.file(),
        line,
        columnsBefore + Math.max(1, column),
        Math.max(1, failed.offending().length()));
  }
}
