package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A release with all that it inherits, before its templates are rendered. Texts are empty when
 * nothing is said.
 *
 * @param place where the release begins
 * @param valuesTemplate files and maps; files are templates of paths in {@code values} too
 * @param apiVersions empty for those of the state
 * @param refused problems of the release as soon as it takes part
 */
record ReleaseSpec(
    Place place,
    Said name,
    Said chart,
    Said namespace,
    Said version,
    Flags flags,
    Map<String, Said> labels,
    List<Node> valuesTemplate,
    List<Node> values,
    List<Node> secrets,
    List<SetSpec> setTemplate,
    List<SetSpec> set,
    List<SetSpec> setString,
    List<Said> needs,
    Optional<MissingFile> missingFile,
    Said valuesPathPrefix,
    SettingsSpec settings,
    Said description,
    List<Said> apiVersions,
    Said kubeVersion,
    List<Refused.Key> refused) {

  private static final Type<Node> ANY = (node, _) -> Optional.of(node);

  ReleaseSpec {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    valuesTemplate = List.copyOf(valuesTemplate);
    values = List.copyOf(values);
    secrets = List.copyOf(secrets);
    setTemplate = List.copyOf(setTemplate);
    set = List.copyOf(set);
    setString = List.copyOf(setString);
    needs = List.copyOf(needs);
    apiVersions = List.copyOf(apiVersions);
    refused = List.copyOf(refused);
  }

  ReleaseSpec withLabels(Map<String, Said> other) {
    return new ReleaseSpec(
        place,
        name,
        chart,
        namespace,
        version,
        flags,
        other,
        valuesTemplate,
        values,
        secrets,
        setTemplate,
        set,
        setString,
        needs,
        missingFile,
        valuesPathPrefix,
        settings,
        description,
        apiVersions,
        kubeVersion,
        refused);
  }

  /** Whether the release takes part; the templates win over what is written plainly. */
  record Flags(
      Optional<Boolean> installed,
      Said installedTemplate,
      Said condition,
      Said conditionTemplate,
      Said waitTemplate) {}

  /** Reads it strictly but for what is refused; empty exactly when a problem was added. */
  static Optional<ReleaseSpec> read(Mapping map, Problems problems) {
    return Fields.of(Zero.dropped(map), problems).flatMap(ReleaseSpec::read);
  }

  private static Optional<ReleaseSpec> read(Fields fields) {
    Type<List<SetSpec>> sets = Types.list(Fields.object(SetSpec::read));
    ReleaseSpec spec =
        new ReleaseSpec(
            fields.place(),
            text(fields, "name"),
            text(fields, "chart"),
            text(fields, "namespace"),
            text(fields, "version"),
            flags(fields),
            fields.get("labels", Types.map(Types.literal(), Said.type()), Map.of()),
            fields.get("valuesTemplate", Types.list(ANY), List.of()),
            fields.get("values", Types.list(ANY), List.of()),
            fields.get("secrets", Types.list(ANY), List.of()),
            fields.get("setTemplate", sets, List.of()),
            fields.get("set", sets, List.of()),
            fields.get("setString", sets, List.of()),
            fields.get("needs", Types.list(Said.type()), List.of()),
            fields.get("missingFileHandler", MissingFile.type()),
            text(fields, "valuesPathPrefix"),
            SettingsSpec.of(fields),
            text(fields, "description"),
            fields.get("apiVersions", Types.list(Said.type()), List.of()),
            text(fields, "kubeVersion"),
            Refused.RELEASE.found(fields));
    // Its only field is about branches of remote values, and these are refused.
    fields.ignore(List.of("missingFileHandlerConfig", "inherit"));
    return fields.make(() -> spec);
  }

  private static Flags flags(Fields fields) {
    return new Flags(
        fields.get("installed", Types.goBool()),
        text(fields, "installedTemplate"),
        text(fields, "condition"),
        text(fields, "conditionTemplate"),
        text(fields, "waitTemplate"));
  }

  private static Said text(Fields fields, String key) {
    return fields.get(key, Said.type(), new Said("", fields.place(key)));
  }
}
