package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.ReleaseTemplates.Visible;
import dev.hikkoshi.environments.port.InsideGateway.Values;
import dev.hikkoshi.environments.reading.GoYaml;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.PlainValues;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.SourceFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The values of a release in Helm's order, weakest first: {@code valuesTemplate}, {@code values},
 * {@code secrets}, then {@code setTemplate} and {@code set}, {@code setString}, and at last every
 * {@code file} of a set, because Helm reads {@code --set-file} after the others.
 */
final class ReleaseValues {

  private static final String RULE = "values come from files of the repository and inline maps";

  /** What helmfile hands to the library vals, which asks stores of secrets. */
  private static final Pattern REFERENCE = Pattern.compile("ref\\+[A-Za-z0-9]+://");

  private static final Pattern GLOB = Pattern.compile("[*?\\[]");

  private final HelmfileState state;
  private final MissingFile missingFile;
  private final SourceFiles files;
  private final TemplateReads reads;
  private final ReleaseTemplates templates;
  private final Problems problems;
  private final boolean valuesMention;

  ReleaseValues(
      HelmfileState state,
      MissingFile missingFile,
      SourceFiles files,
      ReleaseTemplates templates,
      Problems problems) {
    this.state = state;
    this.missingFile = missingFile;
    this.files = files;
    this.reads = new TemplateReads(files);
    this.templates = templates;
    this.problems = problems;
    this.valuesMention = TemplateReads.mentions(state.values().toString());
  }

  /** All layers; those with a problem are left out. */
  List<Values> of(ReleaseSpec spec, Visible seen) {
    List<Values> layers = new ArrayList<>();
    spec.valuesTemplate().forEach(n -> layer(spec, seen, n, true).ifPresent(layers::add));
    spec.values().forEach(n -> layer(spec, seen, n, false).ifPresent(layers::add));
    spec.secrets().forEach(n -> secret(spec, seen, n).ifPresent(layers::add));
    List<SetSpec> sets = Stream.concat(spec.setTemplate().stream(), spec.set().stream()).toList();
    for (SetSpec set : sets) {
      boolean template = spec.setTemplate().contains(set);
      assign(set, false, template).ifPresent(layers::add);
    }
    spec.setString().forEach(set -> assign(set, true, false).ifPresent(layers::add));
    for (SetSpec set : sets) {
      if (set.value().isEmpty() && !set.file().isEmpty()) {
        assignFile(set, spec.setTemplate().contains(set), seen).ifPresent(layers::add);
      }
    }
    return layers;
  }

  private Optional<Values> layer(ReleaseSpec spec, Visible seen, Node node, boolean template) {
    if (node instanceof Mapping map) {
      return PlainValues.map().read(map, problems).flatMap(v -> inline(v, map.place(), template));
    }
    return path(spec, seen, node)
        .flatMap(said -> file(said, spec.missingFile().orElse(missingFile)))
        .flatMap(this::values);
  }

  private Optional<Values> inline(Map<String, Object> map, Place place, boolean template) {
    String text = GoYaml.text(map);
    if (refers(text, place)) {
      return Optional.empty();
    }
    return Optional.of(
        template && text.contains("{{")
            ? new Values.InlineTemplate(
                place.file(),
                place.line(),
                text,
                reads.of(text, state.folder(), valuesMention, place))
            : new Values.Inline(map));
  }

  private Optional<Said> path(ReleaseSpec spec, Visible seen, Node node) {
    return Said.type()
        .read(node, problems)
        .flatMap(said -> templates.render(said, seen).map(said::as))
        .map(said -> said.as(spec.valuesPathPrefix().text() + said.text()));
  }

  private record Found(String path, byte[] content, Place place) {

    boolean isTemplate() {
      return path.endsWith(".gotmpl");
    }

    String text() {
      return new String(content, StandardCharsets.UTF_8);
    }
  }

  private Optional<Found> file(Said said, MissingFile missing) {
    if (said.text().contains("://") || said.text().contains("::")) {
      problems.add(said.place(), "refused: values from " + said.text(), RULE);
      return Optional.empty();
    }
    Optional<String> path = SourceFiles.resolve(state.folder(), said.text());
    if (path.isEmpty() || said.isEmpty()) {
      String what =
          said.isEmpty()
              ? "a path is empty"
              : "\"" + said.text() + "\" leads out of the repository";
      problems.add(said.place(), what, RULE);
      return Optional.empty();
    }
    if (GLOB.matcher(said.text()).find()) {
      problems.add(said.place(), "refused: a pattern of values files", "name each file");
      return Optional.empty();
    }
    // Problems of what it holds never show a line: values may be secrets.
    problems.showNothingOf(path.get());
    Optional<byte[]> content =
        missing == MissingFile.SKIP
            ? files.find(path.get(), said.place())
            : files.need(path.get(), said.place());
    return content.map(c -> new Found(path.get(), c, said.place()));
  }

  private Optional<Values> values(Found file) {
    if (refers(file.text(), file.place())) {
      return Optional.empty();
    }
    return Optional.of(
        file.isTemplate()
            ? new Values.Template(
                file.path(),
                file.content(),
                reads.of(
                    file.text(), SourceFiles.folderOf(file.path()), valuesMention, file.place()))
            : new Values.File(file.path(), file.content()));
  }

  private Optional<Values> secret(ReleaseSpec spec, Visible seen, Node node) {
    if (node instanceof Mapping) {
      problems.add(node.place(), "refused: secrets inside the helmfile", "a file of SOPS");
      return Optional.empty();
    }
    // helmfile asks the release's handler alone here, not the state's.
    return path(spec, seen, node)
        .flatMap(said -> file(said, spec.missingFile().orElse(MissingFile.ERROR)))
        .map(file -> new Values.Secret(file.path(), file.content()));
  }

  private Optional<Values> assign(SetSpec set, boolean text, boolean template) {
    boolean file = set.value().isEmpty() && !set.file().isEmpty();
    boolean nothing = set.value().isEmpty() && set.items().isEmpty();
    List<String> items =
        set.value().isEmpty() ? set.items().stream().map(Said::text).toList() : List.of();
    if (file || nothing || refers(set.value().text() + items, set.name().place())) {
      return Optional.empty();
    }
    return Optional.of(
        new Values.Assign(
            text,
            set.name().text(),
            set.value().text(),
            items,
            template,
            set.name().place().file(),
            set.name().place().line()));
  }

  private Optional<Values> assignFile(SetSpec set, boolean template, Visible seen) {
    Optional<String> name =
        template ? templates.render(set.name(), seen) : Optional.of(set.name().text());
    Optional<Said> path =
        template ? templates.render(set.file(), seen).map(set.file()::as) : Optional.of(set.file());
    return name.flatMap(
        n ->
            path.flatMap(said -> file(said, MissingFile.ERROR))
                .map(found -> new Values.AssignFile(n, found.path(), found.content())));
  }

  private boolean refers(String text, Place place) {
    boolean refers = REFERENCE.matcher(text).find();
    if (refers) {
      problems.addUnshown(
          place, "refused: a reference of vals (ref+…://)", "a file of SOPS under secrets");
    }
    return refers;
  }
}
