package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Line;
import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.TemplateScope;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The releases of all state files, in the order in which helmfile visits them. A file's releases
 * wait for those of its sub-helmfiles and of those before it, as helmfile finishes one before it
 * begins the next; files of a folder (helmfile.d) are done side by side.
 */
final class ReleaseSet {

  private static final Predicate<String> ANY = _ -> true;

  private final SourceFiles files;
  private final Charts charts;
  private final Rendering rendering;
  private final Helmfile.Request request;
  private final String home;
  private final Problems problems;
  private final Consumer<WantedRelease> early;

  private final List<WantedRelease> wanted = new ArrayList<>();
  private final List<WantedRelease> sound = new ArrayList<>();
  private final Set<ReleaseId> touched = new LinkedHashSet<>();
  private final Set<ReleaseId> left = new LinkedHashSet<>();
  private final Set<ReleaseId> absent = new LinkedHashSet<>();
  private final Map<ReleaseId, Set<ReleaseId>> needs = new LinkedHashMap<>();
  private final Map<ReleaseId, Place> places = new HashMap<>();
  private Set<ReleaseId> before = Set.of();
  private Optional<String> context = Optional.empty();
  private String root = "";

  /**
   * Begins with none.
   *
   * @param home the folder in which helmfile would be started
   * @param early told of each sound release as soon as it is read
   */
  ReleaseSet(
      SourceFiles files,
      Rendering rendering,
      Helmfile.Request request,
      String home,
      Problems problems,
      Consumer<WantedRelease> early) {
    this.files = files;
    this.early = early;
    this.charts = new Charts(files, problems);
    this.rendering = rendering;
    this.request = request;
    this.home = home;
    this.problems = problems;
  }

  /**
   * Adds one file's releases, and what is wrong with them.
   *
   * @param clean whether nothing was wrong with the file before
   */
  void add(HelmfileState state, boolean clean) {
    int told = problems.count();
    StateFile file = StateFile.read(state.fields(), problems);
    boolean good = clean && state.sure() && problems.count() == told;
    ReleaseTemplates templates = new ReleaseTemplates(state, file, rendering, problems);
    List<HelmfileRelease> all = new StateReleases(state, file, templates, problems).read();
    Map<ReleaseId, Set<ReleaseId>> own =
        Needs.of(all, state.sure() ? unread(file, all) : ANY, problems);
    Set<ReleaseId> asked = asked(all, own);
    Set<ReleaseId> refused = new HashSet<>();
    all.stream()
        .filter(r -> asked.contains(r.id()) && refuses(r))
        .forEach(r -> refused.add(r.id()));
    List<HelmfileRelease> chosen =
        all.stream()
            .filter(r -> r.takesPart() || (request.includeNeeds() && asked.contains(r.id())))
            .filter(HelmfileRelease::installed)
            .toList();
    all.stream().map(HelmfileRelease::id).filter(id -> !asked.contains(id)).forEach(left::add);
    all.stream()
        .filter(r -> r.takesPart() && !r.installed())
        .map(HelmfileRelease::id)
        .forEach(absent::add);
    want(new Wanting(state, file, templates), chosen, r -> good && !refused.contains(r.id()));
    if (!state.source().root().equals(root)) {
      root = state.source().root();
      before = Set.of();
    }
    Set<ReleaseId> ids =
        chosen.stream()
            .map(HelmfileRelease::id)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    chosen.forEach(this::claim);
    chosen.forEach(release -> context(release, state));
    for (ReleaseId id : ids) {
      Set<ReleaseId> waits = new HashSet<>(own.getOrDefault(id, Set.of()));
      waits.retainAll(ids);
      waits.addAll(before);
      needs.put(id, Set.copyOf(waits));
    }
    before = ids.isEmpty() ? before : Set.copyOf(ids);
  }

  private boolean refuses(HelmfileRelease release) {
    int told = problems.count();
    release.refuse(problems);
    return problems.count() > told;
  }

  private void want(
      Wanting wanting, List<HelmfileRelease> chosen, Predicate<HelmfileRelease> good) {
    for (HelmfileRelease release : chosen) {
      int told = problems.count();
      Optional<WantedRelease> whole = wanting.release(release);
      whole.ifPresent(wanted::add);
      boolean clean = problems.count() == told && wanting.good && good.test(release);
      if (clean && whole.isPresent()) {
        sound.add(whole.get());
        early.accept(whole.get());
      } else {
        touched.add(release.id());
      }
    }
  }

  /** What selectors and conditions let take part, with what it needs where that is wanted. */
  private Set<ReleaseId> asked(List<HelmfileRelease> all, Map<ReleaseId, Set<ReleaseId>> needed) {
    Set<ReleaseId> asked = new LinkedHashSet<>();
    Deque<ReleaseId> next = new ArrayDeque<>();
    all.stream().filter(HelmfileRelease::takesPart).forEach(r -> next.add(r.id()));
    while (!next.isEmpty()) {
      ReleaseId id = next.remove();
      if (asked.add(id) && request.includeNeeds()) {
        next.addAll(needed.getOrDefault(id, Set.of()));
      }
    }
    return asked;
  }

  private void claim(HelmfileRelease release) {
    Place other = places.putIfAbsent(release.id(), release.place());
    if (other != null && !other.equals(release.place())) {
      problems.add(
          release.place(),
          "the release \"" + release.id() + "\" is there twice",
          "first at " + other);
    }
  }

  /** A sync is for one cluster, which Hikkoshi chooses: what all of them name is passed over. */
  private void context(HelmfileRelease release, HelmfileState state) {
    String named = release.context().isEmpty() ? state.context() : release.context();
    String others = context.orElse(named);
    context = Optional.of(others);
    if (state.sure() && !request.anyContexts() && !named.equals(others)) {
      problems.add(
          release.place(),
          "refused: releases for several contexts, \"%s\" and \"%s\"".formatted(others, named),
          "all releases of an environment go into the one cluster that Hikkoshi chooses");
    }
  }

  /** Names of releases that are written but not good. */
  private static Predicate<String> unread(StateFile file, List<HelmfileRelease> all) {
    if (all.size() == file.releases().size()) {
      return _ -> false;
    }
    List<Node> names = file.releases().stream().flatMap(r -> r.at("name").stream()).toList();
    return name ->
        names.stream()
            .anyMatch(
                n -> n instanceof Scalar s && (s.text().contains("{{") || s.text().equals(name)));
  }

  /** Charts and values of one file's releases that take part. */
  private final class Wanting {

    private final StateFile file;
    private final ChartPlaces places;
    private final ChartPlaces remote;
    private final ReleaseValues values;
    private final TemplateScope scope;
    private final boolean good;

    Wanting(HelmfileState state, StateFile file, ReleaseTemplates templates) {
      this.file = file;
      int told = problems.count();
      LockFile lock = LockFile.read(state, file.lockFilePath(), files, problems);
      this.places = places(state, lock, problems);
      // Which repositories there are may be what is not known.
      this.remote = state.sure() ? places : places(state, lock, new Problems());
      this.values = new ReleaseValues(state, file.missingFile(), files, templates, problems);
      this.scope =
          new TemplateScope(
              state.environment(),
              state.context(),
              state.environmentValues(),
              state.values(),
              file.namespace().text(),
              file.chart().text(),
              file.context().text(),
              request.given().env());
      this.good = problems.count() == told;
    }

    private ChartPlaces places(HelmfileState state, LockFile lock, Problems told) {
      return new ChartPlaces(state.folder(), home, charts, file.repositories(), lock, told);
    }

    /** Empty, or short of something, exactly when a problem was added. */
    Optional<WantedRelease> release(HelmfileRelease release) {
      ReleaseSpec spec = release.spec();
      Said chart =
          file.chart().isEmpty() ? spec.chart().as(release.visible().chart()) : file.chart();
      Said version = spec.version().as(release.visible().version());
      List<Values> layers = values.of(spec, release.visible());
      List<Said> apiVersions =
          spec.apiVersions().isEmpty() ? file.apiVersions() : spec.apiVersions();
      Said kubeVersion = spec.kubeVersion().isEmpty() ? file.kubeVersion() : spec.kubeVersion();
      Templating templating =
          new Templating(
              scope,
              release.context(),
              release.namespace(),
              chart.text(),
              version.text(),
              apiVersions.stream().map(Said::text).toList(),
              kubeVersion.text());
      boolean local = spec.chart().text().startsWith(".") && !spec.chart().isTemplate();
      return (local ? places : remote)
          .find(chart, version, release.settings())
          .map(
              source ->
                  new WantedRelease(
                      release.id(),
                      release.settings().settings(spec.description().text()),
                      release.labels(),
                      source,
                      layers,
                      templating,
                      line(release.place())));
    }
  }

  private static Line line(Place place) {
    return new Line(place.file(), place.line(), place.column(), place.length());
  }

  /** Those that no problem touches. */
  List<WantedRelease> sound() {
    return List.copyOf(sound);
  }

  /** The others that take part, as far as their names could be read. */
  Set<ReleaseId> touched() {
    return Set.copyOf(touched);
  }

  /** All that was added; to be asked when no problem was. */
  DesiredApps apps(String environment) {
    Set<ReleaseId> chosen = wanted.stream().map(WantedRelease::id).collect(Collectors.toSet());
    left.removeAll(chosen);
    return new DesiredApps(files.digest(), environment, wanted, left, absent, needs);
  }
}
