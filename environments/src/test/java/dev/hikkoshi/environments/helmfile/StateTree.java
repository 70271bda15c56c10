package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.desired.DesiredApps;
import dev.hikkoshi.environments.port.FileTree;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.Secrets;
import dev.hikkoshi.environments.port.Templates;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.Node.Sequence;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problem;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** State files out of texts, and what loading them comes to. */
record StateTree(
    Map<String, String> texts,
    String path,
    String environment,
    List<Selector> selectors,
    Helmfile.Given given,
    Templates templates)
    implements FileTree {

  StateTree {
    texts = new TreeMap<>(texts);
  }

  static StateTree of(String helmfile) {
    return empty().with("helmfile.yaml", helmfile);
  }

  /** Its text is a template. */
  static StateTree template(String helmfile) {
    return empty().with("helmfile.yaml.gotmpl", helmfile);
  }

  static StateTree empty() {
    return new StateTree(
        Map.of(), "", "default", List.of(), Helmfile.Given.NONE, new LookupTemplates());
  }

  StateTree with(String file, String text) {
    Map<String, String> next = new TreeMap<>(texts);
    next.put(file, text);
    return new StateTree(next, path, environment, selectors, given, templates);
  }

  StateTree at(String file) {
    return new StateTree(texts, file, environment, selectors, given, templates);
  }

  StateTree in(String name) {
    return new StateTree(texts, path, name, selectors, given, templates);
  }

  StateTree selecting(Selector selector) {
    return new StateTree(texts, path, environment, List.of(selector), given, templates);
  }

  StateTree setting(String... settings) {
    Helmfile.Given next =
        new Helmfile.Given(
            given.env(),
            given.facts(),
            given.valuesFiles(),
            StateSettings.parse(List.of(settings)));
    return new StateTree(texts, path, environment, selectors, next, templates);
  }

  StateTree facts(Map<String, Object> facts) {
    Helmfile.Given next =
        new Helmfile.Given(given.env(), facts, given.valuesFiles(), given.settings());
    return new StateTree(texts, path, environment, selectors, next, templates);
  }

  StateTree valuesFile(String file) {
    Helmfile.Given next =
        new Helmfile.Given(given.env(), given.facts(), List.of(file), given.settings());
    return new StateTree(texts, path, environment, selectors, next, templates);
  }

  private Helmfile.Request request() {
    Place place = Place.of("environment.yaml");
    return new Helmfile.Request(path, place, environment, place, selectors, given);
  }

  Apps apps() {
    return apps(request());
  }

  /** With what the selected releases need. */
  Apps appsWithNeeds() {
    Place place = Place.of("environment.yaml");
    return apps(
        new Helmfile.Request(path, place, environment, place, selectors, given, true, false));
  }

  /** As a plain helmfile is rendered, which nobody syncs. */
  Apps appsOfAnyContexts() {
    Place place = Place.of("--file");
    return apps(
        new Helmfile.Request(path, place, environment, place, selectors, given, false, true));
  }

  private Apps apps(Helmfile.Request request) {
    Problems problems = new Problems();
    List<WantedRelease> early = new ArrayList<>();
    Helmfile.Outcome read =
        Helmfile.outcome(this, "", request, templates, StateTree::opened, problems, early::add);
    return new Apps(read.apps(), read.sound(), early, problems.all());
  }

  /** The documents that building a good tree comes to. */
  List<Map<String, Object>> built() {
    Problems problems = new Problems();
    List<Helmfile.Built> built =
        Helmfile.build(this, "", request(), templates, StateTree::opened, problems)
            .orElse(List.of());
    if (!problems.all().isEmpty()) {
      throw new AssertionError(problems.all());
    }
    return built.stream().map(Helmfile.Built::document).toList();
  }

  /** What reading the whole comes to. */
  record Apps(
      Optional<DesiredApps> apps,
      List<WantedRelease> sound,
      List<WantedRelease> early,
      List<Problem> problems) {

    List<String> messages() {
      return problems.stream().map(Problem::oneLine).toList();
    }
  }

  Outcome load() {
    Problems problems = new Problems();
    SourceFiles files = new SourceFiles(this, "", problems);
    Helmfile.Request request = request();
    Rendering rendering = new Rendering(templates, files, request.given().env(), problems);
    List<HelmfileState> states =
        new StateVisitor(request, files, rendering, StateTree::opened, problems).visit("");
    return new Outcome(states, problems.all());
  }

  /** What loading came to. */
  record Outcome(List<HelmfileState> states, List<Problem> problems) {

    /** The only state of a good tree. */
    HelmfileState only() {
      if (states.size() != 1 || !problems.isEmpty()) {
        throw new AssertionError("not one state: " + states + " " + problems);
      }
      return states.getFirst();
    }

    Map<String, Object> values() {
      return only().values();
    }

    List<String> messages() {
      return problems.stream().map(Problem::oneLine).toList();
    }

    List<String> files() {
      return states.stream().map(HelmfileState::file).toList();
    }
  }

  /** Opens files that begin with a line "sealed": the rest is one value. */
  private static Secrets.Result opened(String path, byte[] content) {
    String text = new String(content, StandardCharsets.UTF_8);
    return text.startsWith("sealed\n")
        ? new Secrets.Opened(Map.of("secret", text.substring("sealed\n".length())))
        : new Secrets.Sealed(path + " is not encrypted", 0);
  }

  /** Names of a list's maps, or its texts. */
  static List<String> names(HelmfileState state, String key) {
    Node list = state.fields().at(key).orElse(new Sequence(List.of(), Place.of("")));
    return ((Sequence) list)
        .items().stream()
            .map(item -> item instanceof Mapping map ? map.at("name").orElseThrow() : item)
            .map(item -> ((Scalar) item).text())
            .toList();
  }

  /** The text at a path of keys; empty when there is none. */
  static String text(HelmfileState state, String... keys) {
    Optional<Node> node = Optional.of(state.fields());
    for (String key : keys) {
      node = node.flatMap(n -> n instanceof Mapping map ? map.at(key) : Optional.empty());
    }
    return node.map(n -> n instanceof Scalar scalar ? scalar.text() : n.kind()).orElse("");
  }

  @Override
  public String commit() {
    return "c";
  }

  @Override
  public Optional<byte[]> read(String file) {
    return Optional.ofNullable(texts.get(file)).map(t -> t.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<String> files(String directory) {
    return texts.keySet().stream()
        .filter(p -> directory.isEmpty() || p.startsWith(directory + "/"))
        .toList();
  }
}
