package dev.hikkoshi.controller.evaluate;

import dev.hikkoshi.environments.definition.Definition;
import dev.hikkoshi.environments.definition.Definitions;
import dev.hikkoshi.environments.definition.Reading;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * One judgement over all sources: which definition stands for each environment, and what is to be
 * said about it. What stood before goes on standing wherever the newest commits give no clear
 * answer.
 */
final class Judgement {

  private final Collection<SourceView> views;
  private final Map<String, Said> before;
  private final Set<String> remembered;
  private final LookBack back;
  private final BiConsumer<String, Throwable> failed;
  private final Map<String, Standing> good = new TreeMap<>();
  private final Map<String, Stale> bad = new TreeMap<>();

  Judgement(
      Collection<SourceView> views,
      Map<String, Said> before,
      Set<String> remembered,
      LookBack back,
      BiConsumer<String, Throwable> failed) {
    this.views = views;
    this.before = before;
    this.remembered = remembered;
    this.back = back;
    this.failed = failed;
  }

  /** By environment, sorted. */
  Map<String, Said> judge() {
    Map<String, List<Reading>> readings = new TreeMap<>();
    views.forEach(view -> readings.put(view.source().name(), view.found()));
    for (Map.Entry<String, List<Reading>> source : Definitions.together(readings).entrySet()) {
      SourceView view = view(source.getKey());
      source.getValue().forEach(reading -> sort(view, reading));
    }
    Set<String> names = new TreeSet<>(good.keySet());
    names.addAll(bad.keySet());
    names.addAll(before.keySet());
    names.addAll(remembered);
    Map<String, Said> said = new TreeMap<>();
    names.forEach(name -> said.put(name, say(name)));
    return said;
  }

  private SourceView view(String source) {
    return views.stream().filter(v -> v.source().name().equals(source)).findFirst().orElseThrow();
  }

  private void sort(SourceView view, Reading reading) {
    String commit = view.evaluated().orElse("");
    switch (reading) {
      case Reading.Good(Definition definition) ->
          good.put(definition.name(), new Standing(view.source(), commit, definition));
      case Reading.Bad errors -> {
        Stale stale = Stale.in(commit, errors.problems());
        errors
            .name()
            .or(() -> nameBefore(view, errors.folder()))
            .ifPresentOrElse(
                known -> bad.merge(known, stale, Stale::and),
                () ->
                    failed.accept(
                        view.source().name() + ":" + errors.folder(), new Nameless(stale)));
      }
    }
  }

  private Said say(String name) {
    Optional<Stale> errors = Optional.ofNullable(bad.get(name));
    Standing now = good.get(name);
    return now == null ? undefined(name, errors) : defined(name, now, errors);
  }

  /** Errors in another folder of the same name hold it as well: whose it is, is not clear. */
  private Said defined(String name, Standing now, Optional<Stale> errorsElsewhere) {
    Standing stands = standing(name).filter(was -> was.same(now)).orElse(now);
    Optional<Stale> trouble = view(now.source().name()).trouble().map(Stale::because);
    return new Said(Optional.of(stands), errorsElsewhere.or(() -> trouble));
  }

  /** A folder whose name cannot be read is known by what it held before. */
  private Optional<String> nameBefore(SourceView view, String folder) {
    return before.values().stream()
        .flatMap(said -> said.standing().stream())
        .filter(s -> s.in(view.source(), folder))
        .findFirst()
        .or(() -> history(view, head -> back.byFolder(view.source(), head, folder)))
        .map(Standing::environment);
  }

  private Said undefined(String name, Optional<Stale> errors) {
    Optional<String> now = renamed(name);
    if (now.isPresent()) {
      String text = "renamed: it is %s now, and acts under that name only".formatted(now.get());
      return new Said(Optional.empty(), Optional.of(Stale.because(text)));
    }
    Optional<Standing> last = standing(name).or(() -> lastGood(name));
    String troubles =
        String.join("; ", views.stream().flatMap(v -> v.trouble().stream()).sorted().toList());
    Stale why =
        errors.orElseGet(
            () ->
                troubles.isEmpty()
                    ? Stale.orphaned(orphaned(name, last))
                    : Stale.because(troubles));
    return new Said(last, Optional.of(why));
  }

  /** The environment that says that this was its name. */
  private Optional<String> renamed(String name) {
    return good.values().stream()
        .map(Standing::definition)
        .filter(d -> d.stance().renamedFrom().filter(name::equals).isPresent())
        .map(Definition::name)
        .findFirst();
  }

  private static String orphaned(String name, Optional<Standing> last) {
    String seen =
        last.map(
                s ->
                    "; it was %s in commit %s of source %s"
                        .formatted(
                            s.definition().folder(), Text.brief(s.commit()), s.source().name()))
            .orElse("");
    return "orphaned: no source defines %s any more%s".formatted(name, seen);
  }

  private Optional<Standing> standing(String name) {
    return Optional.ofNullable(before.get(name)).flatMap(Said::standing);
  }

  private Optional<Standing> lastGood(String name) {
    return views.stream()
        .flatMap(v -> history(v, head -> back.byName(v.source(), head, name)).stream())
        .findFirst();
  }

  private Optional<Standing> history(SourceView view, Function<String, Optional<Standing>> search) {
    try {
      return view.evaluated().flatMap(search);
    } catch (RuntimeException | Error e) {
      failed.accept("history of source " + view.source().name(), e);
      return Optional.empty();
    }
  }

  /** A folder with errors of which not even the name is known. */
  private static final class Nameless extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Nameless(Stale stale) {
      super(stale.why(), null, false, false);
    }
  }
}
