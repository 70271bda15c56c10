package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.ReleaseTemplates.Visible;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A release as its helmfile has it after templates, before charts and values are looked at.
 *
 * @param id with the namespace of the file's override, or {@code default}
 * @param written with all that it inherits, as nodes
 * @param visible what {@code .Release} shows of it
 * @param namespace as the helmfile says it, empty when it says none
 * @param installed false: it is uninstalled where it is
 * @param on what its condition comes to
 * @param selected whether a selector of its file selects it
 * @param needs each with its place
 * @param labels with those that helmfile adds
 */
record HelmfileRelease(
    ReleaseId id,
    Mapping written,
    ReleaseSpec spec,
    Visible visible,
    String namespace,
    SettingsSpec settings,
    boolean installed,
    boolean on,
    boolean selected,
    List<Need> needs,
    Map<String, String> labels) {

  HelmfileRelease {
    needs = List.copyOf(needs);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /**
   * A release that must be healthy before.
   *
   * @param shown as helmfile prints it: with the namespace that is said
   */
  record Need(ReleaseId id, Place place, String shown) {}

  /** Whether charts and values of it matter. */
  boolean takesPart() {
    return on && selected;
  }

  Place place() {
    return spec.name().place();
  }
}
