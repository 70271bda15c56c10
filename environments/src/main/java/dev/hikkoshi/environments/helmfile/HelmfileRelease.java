package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.ReleaseTemplates.Visible;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Place;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A release as its helmfile has it after templates, before charts and values are looked at.
 *
 * @param id with the namespace of the file's override, or {@code default}
 * @param visible what {@code .Release} shows of it
 * @param namespace as the helmfile says it, empty when it says none
 * @param installed false: it is uninstalled where it is
 * @param selected whether condition and selectors let it take part
 * @param needs each with its place
 * @param labels with those that helmfile adds
 */
record HelmfileRelease(
    ReleaseId id,
    ReleaseSpec spec,
    Visible visible,
    String namespace,
    SettingsSpec settings,
    boolean installed,
    boolean selected,
    List<Need> needs,
    Map<String, String> labels) {

  HelmfileRelease {
    needs = List.copyOf(needs);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** A release that must be healthy before. */
  record Need(ReleaseId id, Place place) {}

  Place place() {
    return spec.name().place();
  }

  HelmfileRelease selected(boolean other) {
    return new HelmfileRelease(
        id, spec, visible, namespace, settings, installed, other, needs, labels);
  }
}
