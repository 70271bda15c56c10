package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.helmfile.ReleaseTemplates.Visible;
import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
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
 * @param context of the kubeconfig, as the helmfile says it for this release; empty when it says
 *     none
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
    String context,
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
   * @param context in which the other has to be
   * @param shown as helmfile prints it: with the context and the namespace that are said
   */
  record Need(ReleaseId id, String context, Place place, String shown) {

    /** Without anything left out. */
    String full() {
      return context.isEmpty() ? id.toString() : context + "/" + id;
    }
  }

  /** Whether charts and values of it matter. */
  boolean takesPart() {
    return on && selected;
  }

  /** Tells what is refused in it. A release that nobody asks for is nobody's problem. */
  void refuse(Problems problems) {
    spec.refused().forEach(key -> key.tell(problems));
  }

  Place place() {
    return spec.name().place();
  }
}
