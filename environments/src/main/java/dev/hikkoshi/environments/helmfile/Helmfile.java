package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads a helmfile, with all files that it names, into the releases that every cluster gets. */
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
   * @param path a file, or a folder of state files, from the root of the tree; empty for what
   *     helmfile finds in the environment's folder
   * @param pathPlace where the environment names the file
   * @param environment helmfile's
   * @param environmentPlace where that is named
   * @param selectors one of them must select a release; none selects all
   * @param includeNeeds also what selected releases need, and what that needs
   * @param anyContexts releases may name different contexts of a kubeconfig; nobody syncs them then
   */
  public record Request(
      String path,
      Place pathPlace,
      String environment,
      Place environmentPlace,
      List<Selector> selectors,
      Given given,
      boolean includeNeeds,
      boolean anyContexts) {

    /** Selected releases alone, for one cluster. */
    public Request(
        String path,
        Place pathPlace,
        String environment,
        Place environmentPlace,
        List<Selector> selectors,
        Given given) {
      this(path, pathPlace, environment, environmentPlace, selectors, given, false, false);
    }

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
   * What a reading came to.
   *
   * @param apps empty exactly when a problem was added
   * @param sound the releases that no problem touches, neither themselves nor what they are made
   *     of: whatever is wrong with rendering one of them follows from no other problem
   * @param touched the other releases that take part, as far as their names could be read
   */
  public record Outcome(
      Optional<DesiredApps> apps, List<WantedRelease> sound, Set<ReleaseId> touched) {

    public Outcome {
      sound = List.copyOf(sound);
      touched = Set.copyOf(touched);
    }
  }

  /**
   * Reads the helmfile.
   *
   * @param folder the environment's
   * @param templates asked only when there is a template
   * @param secrets asked only when the environment has encrypted values
   * @return empty exactly when a problem was added
   */
  public static Optional<DesiredApps> read(
      FileTree tree,
      String folder,
      Request request,
      Templates templates,
      Secrets secrets,
      Problems problems) {
    return outcome(tree, folder, request, templates, secrets, problems).apps();
  }

  /** The same, with what is sound beside problems: for who wants to know all that is wrong. */
  public static Outcome outcome(
      FileTree tree,
      String folder,
      Request request,
      Templates templates,
      Secrets secrets,
      Problems problems) {
    return outcome(tree, folder, request, templates, secrets, problems, _ -> {});
  }

  /**
   * The same for who begins with a release before the last one is read.
   *
   * @param early told of each sound release as soon as it is read
   */
  public static Outcome outcome(
      FileTree tree,
      String folder,
      Request request,
      Templates templates,
      Secrets secrets,
      Problems problems,
      Consumer<WantedRelease> early) {
    return new Helmfile(tree, folder, request, problems).read(folder, templates, secrets, early);
  }

  /**
   * One state as {@code helmfile build} prints it.
   *
   * @param file its path from the root of the tree
   * @param document of null, Boolean, numbers, String, List and Map
   */
  public record Built(String file, Map<String, Object> document) {}

  /**
   * The states with their releases, without charts and values files.
   *
   * @return empty exactly when a problem was added
   */
  public static Optional<List<Built>> build(
      FileTree tree,
      String folder,
      Request request,
      Templates templates,
      Secrets secrets,
      Problems problems) {
    return new Helmfile(tree, folder, request, problems).build(folder, templates, secrets);
  }

  private Optional<List<Built>> build(String folder, Templates templates, Secrets secrets) {
    int before = problems.count();
    Rendering rendering = new Rendering(templates, files, request.given().env(), problems);
    List<Built> built = new ArrayList<>();
    for (HelmfileState state :
        new StateVisitor(request, files, rendering, secrets, problems).visit(folder)) {
      StateFile file = StateFile.read(state.fields(), problems);
      ReleaseTemplates texts = new ReleaseTemplates(state, file, rendering, problems);
      StateReleases reader = new StateReleases(state, file, texts, problems);
      List<HelmfileRelease> releases = reader.read();
      releases.stream()
          .filter(HelmfileRelease::takesPart)
          .forEach(release -> release.refuse(problems));
      if (!state.sure()) {
        continue;
      }
      BuiltState document = new BuiltState(state, texts, problems);
      built.add(new Built(state.file(), document.document(releases, reader.templates())));
    }
    return problems.count() == before ? Optional.of(built) : Optional.empty();
  }

  private Outcome read(
      String folder, Templates templates, Secrets secrets, Consumer<WantedRelease> early) {
    files.depends("environment", request.environment());
    files.depends("selector", request.selectors().stream().map(Selector::text).toList().toString());
    files.depends("given", request.given().text());
    int before = problems.count();
    Rendering rendering = new Rendering(templates, files, request.given().env(), problems);
    List<HelmfileState> states =
        new StateVisitor(request, files, rendering, secrets, problems).visit(folder);
    String home = request.path().isEmpty() ? folder : SourceFiles.folderOf(request.path());
    ReleaseSet releases = new ReleaseSet(files, rendering, request, home, problems, early);
    Set<String> clean =
        states.stream()
            .map(HelmfileState::file)
            .filter(file -> !problems.touch(file))
            .collect(Collectors.toSet());
    states.forEach(state -> releases.add(state, clean.contains(state.file())));
    Optional<DesiredApps> apps =
        problems.count() == before
            ? Optional.of(releases.apps(request.environment()))
            : Optional.empty();
    return new Outcome(apps, releases.sound(), releases.touched());
  }
}
