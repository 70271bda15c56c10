package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.helmfile.HelmfileRelease.Need;
import dev.hikkoshi.environments.helmfile.ReleaseReader.Defaults;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.TemplateScope;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Types;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads a helmfile, with all files that it names, into the releases that every cluster gets. */
public final class Helmfile {

  /** The environment that helmfile takes when none is named. */
  public static final String DEFAULT_ENVIRONMENT = "default";

  private final Request request;
  private final Problems problems;
  private final SourceFiles files;
  private final Charts charts;

  private Helmfile(FileTree tree, String folder, Request request, Problems problems) {
    this.request = request;
    this.problems = problems;
    this.files = new SourceFiles(tree, folder, problems);
    this.charts = new Charts(files, problems);
  }

  /**
   * What to read.
   *
   * @param path a file, or a folder of state files, from the root of the tree; empty for what
   *     helmfile finds in the environment's folder
   * @param pathPlace where the environment names the file
   * @param environment helmfile's
   * @param environmentPlace where that is named
   * @param selectors one of them must select a release; none selects all
   */
  public record Request(
      String path,
      Place pathPlace,
      String environment,
      Place environmentPlace,
      List<Selector> selectors,
      Given given) {

    public Request {
      selectors = List.copyOf(selectors);
    }
  }

  /**
   * What templates and state values get from outside the helmfile.
   *
   * @param env what {@code env} and its kin know
   * @param facts state values that are the same for every cluster, and win
   * @param valuesFiles as {@code --state-values-file}: relative to the helmfile's folder
   * @param settings as {@code --state-values-set}
   */
  public record Given(
      Map<String, String> env,
      Map<String, Object> facts,
      List<String> valuesFiles,
      Map<String, Object> settings) {

    /** Nothing. */
    public static final Given NONE = new Given(Map.of(), Map.of(), List.of(), Map.of());

    public Given {
      env = Map.copyOf(env);
      facts = Map.copyOf(facts);
      valuesFiles = List.copyOf(valuesFiles);
      settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    private String text() {
      return new TreeMap<>(env)
          + "\n"
          + new TreeMap<>(facts)
          + "\n"
          + valuesFiles
          + "\n"
          + settings;
    }
  }

  /**
   * Reads the helmfile.
   *
   * @param folder the environment's
   * @param templates asked only when there is a template
   * @return empty exactly when a problem was added
   */
  public static Optional<DesiredApps> read(
      FileTree tree, String folder, Request request, Templates templates, Problems problems) {
    return new Helmfile(tree, folder, request, problems).read(folder, templates);
  }

  private Optional<DesiredApps> read(String folder, Templates templates) {
    files.depends("environment", request.environment());
    files.depends("selector", request.selectors().stream().map(Selector::text).toList().toString());
    files.depends("given", request.given().text());
    int before = problems.count();
    List<HelmfileState> states =
        new StateVisitor(request, files, templates, problems).visit(folder);
    List<DesiredApps> apps = states.stream().flatMap(state -> apps(state).stream()).toList();
    return problems.count() == before ? Optional.of(together(apps)) : Optional.empty();
  }

  private DesiredApps together(List<DesiredApps> apps) {
    Map<ReleaseId, Set<ReleaseId>> needs = new HashMap<>();
    apps.forEach(a -> needs.putAll(a.needs()));
    return new DesiredApps(
        files.digest(),
        request.environment(),
        apps.stream().flatMap(a -> a.releases().stream()).toList(),
        apps.stream().flatMap(a -> a.left().stream()).collect(Collectors.toSet()),
        needs);
  }

  private Optional<DesiredApps> apps(HelmfileState state) {
    return Fields.of(state.fields(), problems).flatMap(fields -> apps(state, fields));
  }

  private Optional<DesiredApps> apps(HelmfileState state, Fields fields) {
    Defaults defaults =
        fields.get("helmDefaults", Fields.object(Defaults::read), Defaults.HELMFILE);
    Map<String, String> labels =
        fields.get("commonLabels", Types.map(Types.text(), Types.literal()), Map.of());
    ReleaseReader releases = new ReleaseReader(files, state.folder(), charts, defaults, labels);
    List<HelmfileRelease> all =
        fields.get(
            "releases",
            Types.listBy(Fields.object(releases::release), "the release", r -> r.id().toString()),
            List.of());
    fields.notYet(Refused.TOP_NOT_YET);
    fields.refuse(Refused.TOP);
    Map<ReleaseId, Set<ReleaseId>> needs = needs(fields.clean() ? all : List.of());
    TemplateScope scope =
        new TemplateScope(
            state.environment(),
            state.environmentValues(),
            state.values(),
            "",
            "",
            request.given().env());
    return fields.make(() -> apps(all, needs, state, scope));
  }

  private Map<ReleaseId, Set<ReleaseId>> needs(List<HelmfileRelease> all) {
    Map<ReleaseId, Set<ReleaseId>> needs = new LinkedHashMap<>();
    Set<ReleaseId> ids = all.stream().map(HelmfileRelease::id).collect(Collectors.toSet());
    for (HelmfileRelease release : all) {
      Set<ReleaseId> own = needs.computeIfAbsent(release.id(), _ -> new HashSet<>());
      for (Need need : release.needs()) {
        if (ids.contains(need.id())) {
          own.add(need.id());
        } else {
          problems.add(need.place(), "there is no release " + need.id(), "known: " + sorted(ids));
        }
      }
    }
    Needs.circle(needs).ifPresent(circle -> circular(all, circle));
    return needs;
  }

  private static String sorted(Set<ReleaseId> ids) {
    return ids.stream().sorted().map(ReleaseId::toString).collect(Collectors.joining(", "));
  }

  private void circular(List<HelmfileRelease> all, List<ReleaseId> circle) {
    Place place =
        all.stream()
            .filter(r -> r.id().equals(circle.getFirst()))
            .flatMap(r -> r.needs().stream())
            .filter(need -> need.id().equals(circle.get(1)))
            .map(Need::place)
            .findFirst()
            .orElse(request.pathPlace());
    String path = circle.stream().map(ReleaseId::toString).collect(Collectors.joining(" → "));
    problems.add(place, "needs go in a circle: " + path);
  }

  /** Needs of what is not installed or not selected do not wait, as in helmfile. */
  private DesiredApps apps(
      List<HelmfileRelease> all,
      Map<ReleaseId, Set<ReleaseId>> needs,
      HelmfileState state,
      TemplateScope scope) {
    List<HelmfileRelease> chosen =
        all.stream().filter(HelmfileRelease::installed).filter(r -> selected(state, r)).toList();
    Set<ReleaseId> ids = chosen.stream().map(HelmfileRelease::id).collect(Collectors.toSet());
    Set<ReleaseId> left =
        all.stream()
            .filter(HelmfileRelease::installed)
            .map(HelmfileRelease::id)
            .filter(id -> !ids.contains(id))
            .collect(Collectors.toSet());
    Map<ReleaseId, Set<ReleaseId>> kept = new HashMap<>();
    for (ReleaseId id : ids) {
      Set<ReleaseId> own = new HashSet<>(needs.getOrDefault(id, Set.of()));
      own.retainAll(ids);
      if (!own.isEmpty()) {
        kept.put(id, Set.copyOf(own));
      }
    }
    return new DesiredApps(
        files.digest(),
        request.environment(),
        chosen.stream().map(r -> r.wanted(scope)).toList(),
        left,
        kept);
  }

  private static boolean selected(HelmfileState state, HelmfileRelease release) {
    return state.selectors().isEmpty()
        || state.selectors().stream().anyMatch(s -> s.selects(release.selectable()));
  }
}
