package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.HelmfileRelease.Need;
import dev.hikkoshi.environments.helmfile.ReleaseTemplates.Visible;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The releases of one state: inheritance, templates, condition, selectors and needs, as helmfile
 * has them. Charts and values of releases that take no part are not looked at.
 */
final class StateReleases {

  /** Helm's own bound on a release's name. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,51}[a-z0-9])?");

  /**
   * What may stand in a path. helmfile looks no closer; what Kubernetes refuses it refuses itself.
   */
  private static final Pattern NAMESPACE =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private static final String DEFAULT_NAMESPACE = "default";

  private final HelmfileState state;
  private final StateFile file;
  private final ReleaseTemplates templates;
  private final Inheritance inheritance;
  private final Problems problems;

  /** Where problems go that a value or template could have caused that is not known. */
  private final Problems doubtful;

  StateReleases(
      HelmfileState state, StateFile file, ReleaseTemplates templates, Problems problems) {
    this.state = state;
    this.file = file;
    this.templates = templates;
    this.doubtful = state.sure() ? problems : new Problems();
    this.inheritance = new Inheritance(file.templates(), file.defaultInherit(), doubtful);
    this.problems = problems;
  }

  /** The templates of releases, as they are after {@link #read}. */
  Mapping templates() {
    return inheritance.templates(file.templates().place());
  }

  /** All releases in definition order; those with a problem are left out. */
  List<HelmfileRelease> read() {
    // A template that nobody inherits is read strictly too, as helmfile does.
    for (Node.Entry entry : file.templates().entries()) {
      if (entry.value() instanceof Mapping map) {
        ReleaseSpec.read(map, problems);
      } else if (!Zero.is(entry.value())) {
        problems.add(entry.value().place(), "expected a map, found " + entry.value().kind());
      }
    }
    List<HelmfileRelease> releases = new ArrayList<>();
    for (Mapping release : file.releases()) {
      whole(release).ifPresent(releases::add);
    }
    twice(releases);
    return releases;
  }

  private Optional<HelmfileRelease> whole(Mapping written) {
    Optional<Mapping> map = inheritance.whole(written);
    // Without what it inherits it is no release, but what it says itself can be looked at.
    Mapping known = map.orElseGet(() -> StateMerge.without(written, Set.of("inherit")));
    Optional<ReleaseSpec> spec = ReleaseSpec.read(known, problems);
    Optional<HelmfileRelease> release =
        map.isEmpty() ? Optional.empty() : spec.flatMap(s -> release(known, s));
    if (release.isEmpty()) {
      spec.filter(this::surelyAsked).ifPresent(s -> s.refused().forEach(k -> k.tell(problems)));
    }
    return release;
  }

  private boolean surelyAsked(ReleaseSpec spec) {
    return state.selectors().isEmpty()
        && spec.flags().condition().isEmpty()
        && spec.flags().conditionTemplate().isEmpty();
  }

  private Optional<HelmfileRelease> release(Mapping written, ReleaseSpec plain) {
    ReleaseSpec spec = plain.withLabels(file.labels(plain));
    int before = problems.count();
    if (spec.name().isEmpty()) {
      problems.add(spec.place(), "\"name\" is missing", "the release's name");
    }
    if (spec.chart().isEmpty() && file.chart().isEmpty()) {
      doubtful.add(spec.place(), "\"chart\" is missing", "a folder, repository/chart or oci://…");
    }
    if (problems.count() > before || (spec.chart().isEmpty() && file.chart().isEmpty())) {
      return Optional.empty();
    }
    return templates.settle(spec).flatMap(visible -> settled(written, spec, visible));
  }

  private Optional<HelmfileRelease> settled(Mapping written, ReleaseSpec spec, Visible visible) {
    int before = problems.count();
    String namespace = file.namespace().isEmpty() ? visible.namespace() : file.namespace().text();
    ReleaseId id = id(spec, visible, namespace);
    SettingsSpec own = spec.settings().withAwaitReady(flag(spec.flags().waitTemplate(), visible));
    SettingsSpec settings = own.over(file.defaults());
    if (settings.rollsBackTwice()) {
      problems.add(
          spec.place(), "atomic and rollbackOnFailure at once", "the latter is its new name");
    }
    boolean installed =
        flag(spec.flags().installedTemplate(), visible)
            .or(() -> spec.flags().installed())
            .orElse(true);
    Map<String, String> labels = selectable(visible, namespace);
    boolean on = condition(spec, visible);
    String context = file.context().isEmpty() ? visible.context() : file.context().text();
    List<Need> needs = needs(spec, visible, context, namespace);
    return problems.count() == before
        ? Optional.of(
            new HelmfileRelease(
                id,
                written,
                spec,
                visible,
                context,
                namespace,
                settings,
                installed,
                on,
                selected(labels),
                needs,
                labels))
        : Optional.empty();
  }

  private ReleaseId id(ReleaseSpec spec, Visible visible, String namespace) {
    String in = namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace;
    matches(NAME, visible.name(), "a release's name", spec.name().place());
    matches(NAMESPACE, in, "a namespace", spec.namespace().place());
    return new ReleaseId(in, visible.name());
  }

  private void matches(Pattern form, String text, String what, Place place) {
    if (!form.matcher(text).matches()) {
      problems.add(place, "\"" + text + "\" is not " + what);
    }
  }

  /** What a template of a boolean renders to; empty when there is none, or with a problem. */
  private Optional<Boolean> flag(Said template, Visible visible) {
    if (template.isEmpty()) {
      return Optional.empty();
    }
    return templates
        .render(template, visible)
        .flatMap(text -> Types.goBool().read(scalar(text.strip(), template.place()), problems));
  }

  private static Node.Scalar scalar(String text, Place place) {
    // An empty text is Go's zero value of a boolean.
    return new Node.Scalar(
        text.isEmpty() ? "false" : text, true, Optional.empty(), place, 0, text.length());
  }

  private boolean condition(ReleaseSpec spec, Visible visible) {
    Said template = spec.flags().conditionTemplate();
    return template.isEmpty()
        ? Condition.holds(spec.flags().condition(), state.values(), doubtful).orElse(false)
        : flag(template, visible).orElse(false);
  }

  private static Map<String, String> selectable(Visible visible, String namespace) {
    Map<String, String> labels = new TreeMap<>(visible.labels());
    labels.put("name", visible.name());
    labels.put("namespace", namespace);
    labels.put("chart", visible.chart().substring(visible.chart().lastIndexOf('/') + 1));
    return labels;
  }

  private boolean selected(Map<String, String> labels) {
    return state.selectors().isEmpty()
        || state.selectors().stream().anyMatch(selector -> selector.selects(labels));
  }

  private List<Need> needs(ReleaseSpec spec, Visible visible, String context, String namespace) {
    List<Need> needs = new ArrayList<>();
    for (Said said : spec.needs()) {
      templates
          .render(said, visible)
          .map(text -> need(said.as(text.strip()), context, namespace))
          .ifPresent(needs::add);
    }
    return needs;
  }

  /**
   * {@code name}, {@code namespace/name} or {@code context/namespace/name}; what is not said is the
   * release's own. A context may have slashes in it.
   */
  private static Need need(Said said, String ownContext, String ownNamespace) {
    List<String> parts = List.of(said.text().split("/", -1));
    int last = parts.size() - 1;
    String in = last > 0 ? parts.get(last - 1) : ownNamespace;
    String context = last > 1 ? String.join("/", parts.subList(0, last - 1)) : ownContext;
    String name = parts.get(last);
    String shown = in.isEmpty() && context.isEmpty() ? name : in + "/" + name;
    return new Need(
        new ReleaseId(in.isEmpty() ? DEFAULT_NAMESPACE : in, name),
        context,
        said.place(),
        context.isEmpty() ? shown : context + "/" + shown);
  }

  /**
   * helmfile looks for two of one id among the selected; without selectors among all, whatever
   * their conditions say.
   */
  private void twice(List<HelmfileRelease> releases) {
    Map<ReleaseId, HelmfileRelease> first = new HashMap<>();
    for (HelmfileRelease release : releases) {
      if (!release.takesPart() && !state.selectors().isEmpty()) {
        continue;
      }
      HelmfileRelease other = first.putIfAbsent(release.id(), release);
      if (other != null) {
        problems.add(
            release.place(),
            "the release \"" + release.id() + "\" is there twice",
            release.context().equals(other.context())
                ? "first at " + other.place()
                : "in other contexts; all releases go into one cluster here");
      }
    }
  }
}
