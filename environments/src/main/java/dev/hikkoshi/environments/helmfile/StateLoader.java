package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.EnvironmentSpecs.Missing;
import dev.hikkoshi.environments.helmfile.EnvironmentSpecs.Spec;
import dev.hikkoshi.environments.helmfile.EnvironmentValues.Sources;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Origin;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Loads one state file: its parts one after the other, each rendered with the values that the parts
 * before it gave, its bases laid under it. Rules are those of pkg/app and pkg/state in helmfile's
 * sources.
 */
final class StateLoader {

  private static final String TEMPLATE = ".gotmpl";

  private final SourceFiles files;
  private final Globs globs;
  private final Rendering rendering;
  private final EnvironmentValues values;
  private final Map<String, Object> facts;
  private final String environment;
  private final Problems problems;

  StateLoader(Parts parts, String environment, Map<String, Object> facts) {
    this.files = parts.files();
    this.globs = parts.globs();
    this.rendering = parts.rendering();
    this.values = parts.values();
    this.problems = parts.problems();
    this.facts = facts;
    this.environment = environment;
  }

  /** What loading needs, made once for all files. */
  record Parts(
      SourceFiles files,
      Globs globs,
      Rendering rendering,
      EnvironmentValues values,
      Problems problems) {}

  /**
   * What to load.
   *
   * @param folder what paths in it are relative to: a base's are relative to the file over it
   * @param inherited the environment of the parent, or of the file over a base
   * @param overrides values that the parent or a command line lays over each part
   * @param askedAt where the file is named
   */
  record Source(
      String file,
      String folder,
      Optional<Scope> inherited,
      Optional<Scope> overrides,
      boolean base,
      Place askedAt) {}

  /**
   * Loads a file. What is wrong is a problem beside the loaded file, so that the rest of it is
   * looked at too; where values may be missing for it, the scope is unsure.
   *
   * @return empty only when nothing of it can be read
   */
  Optional<Loaded> load(Source source) {
    String file = source.file();
    Optional<String> text =
        files
            .need(file, source.askedAt())
            .flatMap(content -> Yaml.text(file, content, problems))
            .map(t -> t.replace("\r\n", "\n"));
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<PartText> parts = PartText.split(text.get());
    if (TextPolicy.allows(file, text.get(), problems)) {
      return parts(source, parts, source.inherited());
    }
    return parts.stream().allMatch(PartText::isYaml)
        ? parts(source, parts, Optional.of(unsure(source.inherited())))
        : Optional.empty();
  }

  private Scope unsure(Optional<Scope> scope) {
    return scope.orElseGet(() -> Scope.named(environment)).unsure();
  }

  private Optional<Loaded> parts(Source source, List<PartText> parts, Optional<Scope> first) {
    Optional<Loaded> all = Optional.empty();
    Optional<Scope> scope = first;
    for (PartText part : parts) {
      Optional<Loaded> next = part(source, part, scope);
      if (next.isEmpty()) {
        scope = Optional.of(unsure(scope));
        all = all.map(Loaded::unsure);
        continue;
      }
      Loaded late = next.get();
      Loaded joined = all.map(early -> joined(early, late)).orElse(late);
      scope = Optional.of(joined.scope());
      boolean missing = !joined.environments().isEmpty() && !has(joined);
      if (!source.base() && missing) {
        return Optional.of(undefined(joined));
      }
      all = Optional.of(joined);
    }
    boolean known = source.inherited().isPresent() || source.overrides().isPresent();
    return all.map(
        loaded ->
            !source.base()
                    && !known
                    && loaded.scope().sure()
                    && loaded.environments().isEmpty()
                    && !has(loaded)
                ? undefined(loaded)
                : loaded);
  }

  private boolean has(Loaded loaded) {
    return environment.equals(Helmfile.DEFAULT_ENVIRONMENT)
        || loaded.environments().contains(environment);
  }

  private static Loaded undefined(Loaded loaded) {
    return new Loaded(loaded.fields(), loaded.children(), loaded.scope(), false);
  }

  /** Lists of an earlier part are replaced; its values stay below. */
  private static Loaded joined(Loaded early, Loaded late) {
    return new Loaded(
        StateMerge.part(early.fields(), late.fields()),
        late.children().isEmpty() ? early.children() : late.children(),
        late.scope(),
        true);
  }

  private Optional<Loaded> part(Source source, PartText part, Optional<Scope> scope) {
    Origin written = Origin.of(source.file(), part.linesBefore());
    Optional<Scope> seen =
        scope.map(s -> source.overrides().map(s::under).orElse(s)).or(source::overrides);
    if (!source.file().endsWith(TEMPLATE)) {
      return read(source, written, part.text(), seen);
    }
    Scope shown = seen.orElseGet(() -> Scope.named(environment));
    return rendering
        .where(shown.sure())
        .render(
            part.text(),
            new Place(source.file(), part.linesBefore() + 1, 1, 1),
            source.folder(),
            shown.dot(shown.merged(), facts))
        .flatMap(text -> read(source, new RenderedLines(written, part.text(), text), text, seen));
  }

  private Optional<Loaded> read(Source source, Origin origin, String text, Optional<Scope> seen) {
    int documentsFrom = problems.count();
    List<Node> documents = Yaml.documents(origin, text, problems);
    if (documents.isEmpty() && problems.count() > documentsFrom) {
      return Optional.empty();
    }
    Mapping fields = new Mapping(List.of(), origin.place(1, 1, 1));
    for (Node document : documents) {
      if (document instanceof Mapping map) {
        fields = StateMerge.document(fields, StateFields.checked(map, problems));
      } else {
        problems.add(document.place(), "expected a map, found " + document.kind());
      }
    }
    int before = problems.count();
    List<SubHelmfile> children = new ArrayList<>();
    Mapping all = bases(source, fields, seen, children);
    children.addAll(children(source.folder(), all, fields));
    boolean based = problems.count() == before;
    Scope scope = scope(source.folder(), all, based ? seen : Optional.of(unsure(seen)));
    Loaded loaded = new Loaded(StateMerge.without(all, Set.of("helmfiles")), children, scope, true);
    return Optional.of(problems.count() == before ? loaded : loaded.unsure());
  }

  /** The fields with those of its bases below them; the bases' helmfiles come before its own. */
  private Mapping bases(
      Source source, Mapping fields, Optional<Scope> seen, List<SubHelmfile> children) {
    List<Node> bases = get(fields, "bases", Types.list(StateLoader::path), List.of());
    if (source.base() && !bases.isEmpty()) {
      problems.add(
          bases.getFirst().place(), "a base has bases itself", "helmfile reads none there");
      return fields;
    }
    Mapping all = null;
    for (Node base : bases) {
      Optional<Loaded> loaded = base(source.folder(), base, seen);
      if (loaded.isPresent()) {
        children.addAll(loaded.get().children());
        Mapping own = loaded.get().fields();
        all = all == null ? own : StateMerge.base(all, own);
      }
    }
    return all == null ? fields : StateMerge.base(all, fields);
  }

  private Optional<Loaded> base(String folder, Node base, Optional<Scope> seen) {
    String path = Types.literal().read(base, problems).orElse("");
    return globs
        .literal(folder, path, base.place())
        .flatMap(
            file -> load(new Source(file, folder, seen, Optional.empty(), true, base.place())));
  }

  private static Optional<Node> path(Node node, Problems problems) {
    return Types.literal().read(node, problems).map(_ -> node);
  }

  private List<SubHelmfile> children(String folder, Mapping all, Mapping own) {
    Missing missing = get(all, "missingFileHandler", Missing.type(), Missing.FAIL);
    List<SubHelmfile> found = new ArrayList<>();
    for (SubHelmfile child :
        get(own, "helmfiles", Types.list(SubHelmfile.type()), List.<SubHelmfile>of())) {
      Optional<List<String>> paths = globs.expand(folder, child.path(), child.place());
      paths.stream().flatMap(List::stream).map(child::at).forEach(found::add);
      if (paths.filter(List::isEmpty).isPresent() && missing == Missing.FAIL) {
        problems.add(child.place(), "nothing matches \"" + child.path() + "\"");
      }
    }
    return found;
  }

  /** The environment after a part: what was seen, the part's own values over it. */
  private Scope scope(String folder, Mapping fields, Optional<Scope> seen) {
    Scope below = seen.orElseGet(() -> Scope.named(environment));
    Spec spec =
        get(fields, "environments", EnvironmentSpecs.type(), Map.<String, Spec>of())
            .getOrDefault(environment, Spec.EMPTY);
    Sources own =
        new Sources(
            spec.values(), spec.fallback(), spec.missing().orElse(Missing.FAIL), folder, below);
    List<Node> defaults =
        get(fields, "values", Types.list(EnvironmentSpecs::entry), List.<Node>of());
    // Where the environment does not say, the state decides for its secrets, but not for its
    // values.
    Missing sealed =
        spec.missing()
            .orElseGet(() -> get(fields, "missingFileHandler", Missing.type(), Missing.FAIL));
    Sources secret = new Sources(spec.secrets(), false, sealed, folder, below);
    Map<String, Object> ownValues =
        StateValues.override(
            values.load(own).orElse(Map.of()), values.open(secret).orElse(Map.of()));
    Map<String, Object> defaultValues =
        values.load(Sources.plain(defaults, folder, below)).orElse(Map.of());
    return new Scope(
        below.name(),
        // The part that says it first wins.
        below.context().isEmpty() ? spec.context() : below.context(),
        StateValues.layer(below.values(), ownValues),
        StateValues.override(below.defaults(), defaultValues),
        below.settings(),
        below.sure());
  }

  private <T> T get(Mapping fields, String key, Type<T> type, T absent) {
    return fields.at(key).flatMap(node -> type.read(node, problems)).orElse(absent);
  }
}
