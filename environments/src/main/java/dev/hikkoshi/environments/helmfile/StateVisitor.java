package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.EnvironmentValues.Sources;
import dev.hikkoshi.environments.helmfile.StateLoader.Parts;
import dev.hikkoshi.environments.helmfile.StateLoader.Source;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Loads a helmfile with all its sub-helmfiles, in the order in which helmfile visits them: children
 * before their parent, files of a folder by name.
 */
final class StateVisitor {

  /** More than any helmfile has; without a bound two files that name each other twice have 2^n. */
  private static final int MOST_FILES = 1_000;

  private static final int DEEPEST = 50;

  private final Helmfile.Request request;
  private final StateFinder finder;
  private final StateLoader loader;
  private final EnvironmentValues values;
  private final Problems problems;
  private final List<HelmfileState> states = new ArrayList<>();
  private final Set<String> environments = new TreeSet<>();
  private int visited;

  StateVisitor(
      Helmfile.Request request,
      SourceFiles files,
      Rendering rendering,
      Secrets secrets,
      Problems problems) {
    this.request = request;
    this.problems = problems;
    Globs globs = new Globs(files, problems);
    Map<String, Object> facts = request.given().facts();
    this.values = new EnvironmentValues(files, globs, rendering, secrets, facts, problems);
    this.finder = new StateFinder(files, globs, problems);
    this.loader =
        new StateLoader(
            new Parts(files, globs, rendering, values, problems), request.environment(), facts);
  }

  /**
   * What a parent, or the command line, gives to a file.
   *
   * @param chain the files above it, the outermost first
   */
  private record Visit(
      List<Selector> selectors,
      Optional<Scope> overrides,
      Optional<Scope> inherited,
      Optional<Parent> parent,
      List<String> chain) {}

  private record Parent(Loaded loaded, List<String> inherits) {}

  /** All state files; those that could be loaded when a problem was added. */
  List<HelmfileState> visit(String folder) {
    int before = problems.count();
    List<String> roots = finder.roots(folder, request.path(), request.pathPlace());
    String base = roots.size() == 1 ? SourceFiles.folderOf(roots.getFirst()) : folder;
    Visit visit =
        new Visit(request.selectors(), given(base), Optional.empty(), Optional.empty(), List.of());
    roots.forEach(file -> file(file, request.pathPlace(), visit));
    if (problems.count() == before && states.isEmpty()) {
      nowhereDefined(roots);
    }
    return List.copyOf(states);
  }

  private Optional<Scope> given(String folder) {
    Helmfile.Given given = request.given();
    if (given.valuesFiles().isEmpty() && given.settings().isEmpty()) {
      return Optional.empty();
    }
    List<Node> entries = given.valuesFiles().stream().map(StateVisitor::argument).toList();
    return Optional.of(overrides(entries, folder, given.settings()));
  }

  private static Node argument(String path) {
    Place place = Place.of("--state-values-file");
    return new Scalar(path, false, Optional.empty(), place, 0, path.length());
  }

  private Scope overrides(List<Node> entries, String folder, Map<String, Object> settings) {
    Scope empty = Scope.named(request.environment());
    Optional<Map<String, Object>> loaded = values.load(Sources.plain(entries, folder, empty));
    return new Scope(
        request.environment(), "", loaded.orElse(Map.of()), Map.of(), settings, loaded.isPresent());
  }

  private void nowhereDefined(List<String> roots) {
    String wanted = request.environment();
    String hint =
        Nearest.to(wanted, environments)
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("defined there: " + environments);
    problems.add(
        request.environmentPlace(),
        "the environment \"" + wanted + "\" is not defined in " + String.join(", ", roots),
        hint);
  }

  private void file(String file, Place askedAt, Visit visit) {
    if (!mayVisit(file, askedAt, visit)) {
      return;
    }
    String folder = SourceFiles.folderOf(file);
    Optional<Loaded> loaded =
        loader.load(new Source(file, folder, visit.inherited(), visit.overrides(), false, askedAt));
    loaded.ifPresent(l -> environments.addAll(l.environments()));
    // helmfile passes over a file that does not have the environment, with all below it.
    loaded
        .filter(Loaded::defined)
        .map(l -> inheriting(l, visit))
        .ifPresent(l -> defined(file, folder, l, visit));
  }

  private boolean mayVisit(String file, Place askedAt, Visit visit) {
    List<String> chain = visit.chain();
    int known = chain.indexOf(file);
    if (known >= 0) {
      String circle = String.join(" → ", chain.subList(known, chain.size())) + " → " + file;
      problems.add(askedAt, "helmfiles go in a circle: " + circle);
      return false;
    }
    if (chain.size() >= DEEPEST) {
      problems.add(askedAt, "helmfiles are nested more than " + DEEPEST + " deep");
      return false;
    }
    visited++;
    if (visited == MOST_FILES + 1) {
      problems.add(askedAt, "more than " + MOST_FILES + " state files are visited");
    }
    return visited <= MOST_FILES;
  }

  private static Loaded inheriting(Loaded loaded, Visit visit) {
    return visit
        .parent()
        .map(
            parent ->
                new Loaded(
                    StateMerge.inherit(
                        parent.loaded().fields(), loaded.fields(), parent.inherits()),
                    loaded.children(),
                    parent.inherits().isEmpty() || parent.loaded().scope().sure()
                        ? loaded.scope()
                        : loaded.scope().unsure(),
                    true))
        .orElse(loaded);
  }

  private void defined(String file, String folder, Loaded loaded, Visit visit) {
    for (SubHelmfile child : loaded.children()) {
      if (mayHoldReleases(child)) {
        child(child, file, loaded, visit);
      }
    }
    Scope scope = loaded.scope();
    Map<String, Object> facts = request.given().facts();
    states.add(
        new HelmfileState(
            file,
            folder,
            loaded.rest(),
            scope.name(),
            scope.context(),
            Scope.with(scope.ownValues(), facts),
            Scope.with(scope.merged(), facts),
            visit.selectors(),
            scope.sure(),
            new HelmfileState.Source(
                visit.chain().isEmpty() ? file : visit.chain().getFirst(),
                loaded.fields(),
                loaded.children())));
  }

  /** helmfile passes over a child whose selectors contradict those of the command line. */
  private boolean mayHoldReleases(SubHelmfile child) {
    List<Selector> own = child.selectors().orElse(List.of());
    return own.isEmpty()
        || child.selectorsInherited()
        || request.selectors().isEmpty()
        || request.selectors().stream().anyMatch(s -> own.stream().anyMatch(s::agrees));
  }

  private void child(SubHelmfile child, String file, Loaded loaded, Visit visit) {
    List<Selector> selectors =
        child.selectorsInherited()
            ? visit.selectors()
            : child.selectors().orElse(visit.selectors());
    Optional<Scope> overrides =
        child.values().isEmpty()
            ? Optional.empty()
            : Optional.of(overrides(child.values(), SourceFiles.folderOf(file), Map.of()));
    List<String> chain = new ArrayList<>(visit.chain());
    chain.add(file);
    Optional<Scope> inherited =
        child.inherits().contains(SubHelmfile.ENVIRONMENTS)
            ? Optional.of(loaded.scope())
            : Optional.empty();
    Visit below =
        new Visit(
            selectors,
            overrides,
            inherited,
            Optional.of(new Parent(loaded, child.inherits())),
            List.copyOf(chain));
    finder.below(child.path(), child.place()).forEach(f -> file(f, child.place(), below));
  }
}
