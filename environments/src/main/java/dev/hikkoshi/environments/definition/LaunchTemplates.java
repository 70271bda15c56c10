package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.port.EksGateway.LaunchTemplate;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Shape;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code launchTemplate} of a node group, and what EKS does not take beside one (EKS user guide,
 * "Customize managed nodes with launch templates"). What the template itself says is not looked at:
 * an instance type or an image that is in both places EKS refuses, in its own words.
 */
final class LaunchTemplates {

  static final String KEY = "launchTemplate";

  private static final Pattern ID = Pattern.compile("lt-[0-9a-z]{1,40}");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
  private static final int GREATEST = 999_999_999;
  private static final String CHANGES =
      "without a commit, and a cluster must come out the same every time";

  private LaunchTemplates() {}

  static Type<LaunchTemplate> one() {
    return Fields.object(LaunchTemplates::template);
  }

  private static Optional<LaunchTemplate> template(Fields fields) {
    var id = fields.need("id", Types.text(ID, "a launch template's id"), "for example lt-0a1b2c3d");
    var version =
        fields.need(
            "version", version(), "its number: the template's default version changes " + CHANGES);
    ClusterFields.refuse(fields, "managedNodeGroups[]." + KEY);
    return fields.make(() -> new LaunchTemplate(id.orElseThrow(), version.orElseThrow()));
  }

  /** EKS makes a number of {@code $Latest} and {@code $Default} when the group is created. */
  private static Type<String> version() {
    return Types.literal()
        .<String>then(
            (text, node, problems) -> {
              if (NUMBER.matcher(text).matches()) {
                return Optional.of(text);
              }
              problems.add(
                  node.place(),
                  "\"" + text + "\" is not the number of a version",
                  "for example 3; what $Latest and $Default mean changes " + CHANGES);
              return Optional.empty();
            })
        .shaped(
            () ->
                new Shape.Either(
                    List.of(
                        new Shape.Whole(1, GREATEST),
                        new Shape.Text(false, Optional.of(NUMBER.pattern()), List.of()))));
  }

  /** Fields of the group that are the template's to say. */
  static void refuseBeside(Fields group) {
    if (!group.has(KEY)) {
      return;
    }
    if (group.has("volumeSize")) {
      group.problem(
          "volumeSize", "beside launchTemplate", "EKS takes the size of disks from the template");
    }
    if (group.has("amiFamily") && !group.has("instanceType") && !group.has("instanceTypes")) {
      group.problem(
          "amiFamily",
          "beside launchTemplate and without an instance type",
          "which architecture it is for is not known: name instanceTypes, or leave it out");
    }
  }
}
