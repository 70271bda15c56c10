package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.helmfile.HelmfileRelease.Need;
import dev.hikkoshi.environments.helmfile.ReleaseReader.Defaults;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.TemplateScope;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Nearest;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import dev.hikkoshi.environments.reading.Types;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a helmfile without templates into the releases that every cluster gets. */
public final class Helmfile {

  /** The environment that helmfile takes when none is named. */
  public static final String DEFAULT_ENVIRONMENT = "default";

  private final Request request;
  private final Problems problems;
  private final SourceFiles files;

  private Helmfile(FileTree tree, String folder, Request request, Problems problems) {
    this.request = request;
    this.problems = problems;
    this.files = new SourceFiles(tree, folder, problems);
  }

  /**
   * What to read.
   *
   * @param path from the root of the tree
   * @param pathPlace where the environment names the file
   * @param environment helmfile's
   * @param environmentPlace where that is named
   */
  public record Request(
      String path,
      Place pathPlace,
      String environment,
      Place environmentPlace,
      Selector selector) {}

  /**
   * Reads the helmfile with all files that it names.
   *
   * @param folder the environment's
   * @return empty exactly when a problem was added
   */
  public static Optional<DesiredApps> read(
      FileTree tree, String folder, Request request, Problems problems) {
    return new Helmfile(tree, folder, request, problems).read();
  }

  private Optional<DesiredApps> read() {
    files.depends("environment", request.environment());
    files.depends("selector", request.selector().text());
    return files
        .need(request.path(), request.pathPlace())
        .flatMap(content -> HelmfileParts.read(request.path(), content, problems))
        .flatMap(map -> Fields.of(map, problems))
        .flatMap(this::top);
  }

  private Optional<DesiredApps> top(Fields fields) {
    String base = SourceFiles.folderOf(request.path());
    EnvironmentValues reader = new EnvironmentValues(files, base);
    var defined = fields.get("environments", reader.environments(request.environment()));
    Map<String, Map<String, Object>> environments = defined.orElse(Map.of());
    Map<String, Object> below = fields.get("values", reader.list(true), Map.of());
    Defaults defaults =
        fields.get("helmDefaults", Fields.object(Defaults::read), Defaults.HELMFILE);
    Map<String, String> labels =
        fields.get("commonLabels", Types.map(Types.text(), Types.literal()), Map.of());
    ReleaseReader releases =
        new ReleaseReader(files, base, new Charts(files, problems), defaults, labels);
    List<HelmfileRelease> all =
        fields.get(
            "releases",
            Types.listBy(Fields.object(releases::release), "the release", r -> r.id().toString()),
            List.of());
    fields.notYet(Refused.TOP_NOT_YET);
    fields.refuse(Refused.TOP);
    if (defined.isPresent() || !fields.has("environments")) {
      known(environments);
    }
    Map<ReleaseId, Set<ReleaseId>> needs = needs(fields.clean() ? all : List.of());
    return fields.make(
        () -> {
          Map<String, Object> above = environments.getOrDefault(request.environment(), Map.of());
          Map<String, Object> values = StateValues.layer(below, above);
          return apps(
              all,
              needs,
              new TemplateScope(request.environment(), above, values, "", "", Map.of()));
        });
  }

  private void known(Map<String, Map<String, Object>> environments) {
    String wanted = request.environment();
    if (environments.containsKey(wanted) || wanted.equals(DEFAULT_ENVIRONMENT)) {
      return;
    }
    String hint =
        Nearest.to(wanted, environments.keySet())
            .map(near -> "did you mean \"" + near + "\"?")
            .orElse("defined there: " + environments.keySet().stream().sorted().toList());
    problems.add(
        request.environmentPlace(),
        "the environment \"" + wanted + "\" is not defined in " + request.path(),
        hint);
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
      List<HelmfileRelease> all, Map<ReleaseId, Set<ReleaseId>> needs, TemplateScope scope) {
    List<HelmfileRelease> chosen =
        all.stream()
            .filter(HelmfileRelease::installed)
            .filter(r -> request.selector().selects(r.selectable()))
            .toList();
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
}
