package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.ReleaseTemplates.Visible;
import dev.hikkoshi.environments.reading.GoYaml;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Node.Scalar;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A state as {@code helmfile build} prints it. */
final class BuiltState {

  private static final Set<String> SHAPED =
      Set.of("environments", "helmDefaults", "repositories", "releases", "templates", "values");

  private final HelmfileState state;
  private final ReleaseTemplates templates;
  private final Problems problems;

  BuiltState(HelmfileState state, ReleaseTemplates templates, Problems problems) {
    this.state = state;
    this.templates = templates;
    this.problems = problems;
  }

  /** The whole document; releases that selectors leave out are not in it. */
  Map<String, Object> document(List<HelmfileRelease> releases, Mapping releaseTemplates) {
    Mapping whole = state.source().whole();
    Map<String, Object> built = new LinkedHashMap<>();
    built.put("filepath", state.file().substring(state.file().lastIndexOf('/') + 1));
    built.put("helmBinary", "helm");
    built.put("kustomizeBinary", "kustomize");
    built.putAll(BuiltFields.TOP.of(StateMerge.without(whole, SHAPED)));
    whole.at("values").flatMap(BuiltState::free).ifPresent(v -> built.put("values", v));
    whole.at("environments").ifPresent(node -> environments(node, built));
    whole.at("helmDefaults").ifPresent(node -> defaults(node, built));
    whole
        .at("repositories")
        .flatMap(node -> BuiltFields.list(node, BuiltFields.REPOSITORY))
        .ifPresent(list -> built.put("repositories", list));
    helmfiles(built);
    List<Object> all = new ArrayList<>();
    for (HelmfileRelease release : releases) {
      if (release.takesPart() || state.selectors().isEmpty()) {
        all.add(release(release));
      }
    }
    if (!all.isEmpty()) {
      built.put("releases", all);
    }
    built.put("templates", named(Optional.of(releaseTemplates), BuiltFields.RELEASE));
    built.put("renderedvalues", state.values());
    return built;
  }

  private static Optional<Object> free(Node node) {
    return Zero.is(node) ? Optional.empty() : Optional.ofNullable(PlainValues.of(node));
  }

  private static void environments(Node node, Map<String, Object> built) {
    Map<String, Object> all = named(Optional.of(node), BuiltFields.ENVIRONMENT);
    if (!all.isEmpty()) {
      built.put("environments", all);
    }
  }

  private static Map<String, Object> named(Optional<Node> node, BuiltFields fields) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (node.orElse(null) instanceof Mapping map) {
      for (Node.Entry entry : map.entries()) {
        all.put(entry.key().text(), entry.value() instanceof Mapping m ? fields.of(m) : Map.of());
      }
    }
    return all;
  }

  private static void defaults(Node node, Map<String, Object> built) {
    Map<String, Object> said =
        node instanceof Mapping map ? BuiltFields.DEFAULTS.of(map) : Map.of();
    if (!said.isEmpty()) {
      Map<String, Object> all = new LinkedHashMap<>(BuiltFields.ALWAYS);
      all.putAll(said);
      built.put("helmDefaults", all);
    }
  }

  private void helmfiles(Map<String, Object> built) {
    List<Object> all = new ArrayList<>();
    for (SubHelmfile child : state.source().children()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("path", SourceFiles.relative(state.folder(), child.path()));
      child
          .selectors()
          .filter(list -> !list.isEmpty())
          .ifPresent(list -> one.put("selectors", list.stream().map(Selector::text).toList()));
      if (child.selectorsInherited()) {
        one.put("selectorsInherited", true);
      }
      if (!child.inherits().isEmpty()) {
        one.put("inherits", child.inherits());
      }
      if (!child.values().isEmpty()) {
        one.put("values", child.values().stream().map(PlainValues::of).toList());
      }
      all.add(one);
    }
    if (!all.isEmpty()) {
      built.put("helmfiles", all);
    }
  }

  private Map<String, Object> release(HelmfileRelease release) {
    Visible seen = release.visible();
    ReleaseSpec spec = release.spec();
    Map<String, Object> built = BuiltFields.RELEASE.of(release.written());
    said(built, "name", seen.name());
    said(built, "chart", seen.chart());
    said(built, "version", seen.version());
    said(built, "namespace", release.namespace());
    said(built, "kubeContext", release.context());
    built.put("labels", release.labels());
    flags(release, built);
    List<String> needs = release.needs().stream().map(HelmfileRelease.Need::shown).toList();
    if (!needs.isEmpty()) {
      built.put("needs", needs);
    }
    values(release, built);
    sets(release, built);
    said(built, "kubeVersion", state(spec.kubeVersion(), "kubeVersion"));
    if (spec.apiVersions().isEmpty()) {
      Optional.ofNullable(BuiltFields.TOP.of(state.source().whole()).get("apiVersions"))
          .ifPresent(versions -> built.put("apiVersions", versions));
    }
    return built;
  }

  /** Templates of booleans are gone after rendering, their results stand in the plain fields. */
  private static void flags(HelmfileRelease release, Map<String, Object> built) {
    ReleaseSpec.Flags flags = release.spec().flags();
    List.of("installedTemplate", "conditionTemplate", "waitTemplate").forEach(built::remove);
    if (!flags.installedTemplate().isEmpty()) {
      built.put("installed", release.installed());
    }
    if (!flags.conditionTemplate().isEmpty()) {
      built.put("condition", Boolean.toString(release.on()));
    }
    if (!flags.waitTemplate().isEmpty()) {
      built.put("wait", release.settings().awaitReady().orElse(false));
    }
  }

  private String state(Said own, String key) {
    return own.isEmpty()
        ? state.source().whole().at(key).flatMap(BuiltFields::text).orElse("")
        : own.text();
  }

  private static void said(Map<String, Object> built, String key, String text) {
    if (text.isEmpty()) {
      built.remove(key);
    } else {
      built.put(key, text);
    }
  }

  /** Rendered maps of {@code valuesTemplate} stand before the values as well. */
  private void values(HelmfileRelease release, Map<String, Object> built) {
    List<Object> templated = new ArrayList<>();
    List<Object> all = new ArrayList<>();
    for (Node node : release.spec().valuesTemplate()) {
      if (node instanceof Mapping map) {
        Object value = rendered(map, release.visible());
        templated.add(value);
        all.add(value);
      } else {
        templated.add(BuiltFields.text(node).orElse(""));
        all.add(path(node, release.visible()));
      }
    }
    release.spec().values().forEach(node -> all.add(plain(node, release.visible())));
    put(built, "valuesTemplate", templated);
    put(built, "values", all);
    put(
        built,
        "secrets",
        release.spec().secrets().stream().map(node -> plain(node, release.visible())).toList());
  }

  private Object plain(Node node, Visible seen) {
    return node instanceof Scalar ? path(node, seen) : values(node);
  }

  private static Object values(Node node) {
    Object value = PlainValues.of(node);
    return value == null ? "" : value;
  }

  private Object path(Node node, Visible seen) {
    return Said.type()
        .read(node, problems)
        .flatMap(said -> templates.render(said, seen))
        .orElse("");
  }

  private Object rendered(Mapping map, Visible seen) {
    String text = PlainValues.map().read(map, problems).map(GoYaml::text).orElse("");
    return templates
        .render(new Said(text, map.place()), seen)
        .flatMap(result -> InlineTemplate.values(map.place().file(), result, problems))
        .orElse(Map.of());
  }

  private void sets(HelmfileRelease release, Map<String, Object> built) {
    List<Object> templated = new ArrayList<>();
    for (SetSpec set : release.spec().setTemplate()) {
      Map<String, Object> one = new LinkedHashMap<>();
      said(one, "name", templates.render(set.name(), release.visible()).orElse(""));
      said(one, "value", templates.render(set.value(), release.visible()).orElse(""));
      said(one, "file", templates.render(set.file(), release.visible()).orElse(""));
      put(
          one,
          "values",
          set.items().stream()
              .map(item -> templates.render(item, release.visible()).orElse(""))
              .map(Object.class::cast)
              .toList());
      templated.add(one);
    }
    List<Object> all = new ArrayList<>(templated);
    if (built.get("set") instanceof List<?> own) {
      all.addAll(own);
    }
    put(built, "setTemplate", templated);
    put(built, "set", all);
  }

  private static void put(Map<String, Object> built, String key, List<Object> list) {
    if (list.isEmpty()) {
      built.remove(key);
    } else {
      built.put(key, list);
    }
  }
}
