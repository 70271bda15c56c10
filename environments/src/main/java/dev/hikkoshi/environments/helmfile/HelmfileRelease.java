package dev.hikkoshi.environments.helmfile;

import dev.hikkoshi.environments.observed.ReleaseId;
import dev.hikkoshi.environments.port.InsideGateway.Templating;
import dev.hikkoshi.environments.port.InsideGateway.WantedRelease;
import dev.hikkoshi.environments.port.TemplateScope;
import dev.hikkoshi.environments.reading.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A release as a helmfile lists it.
 *
 * @param chart the last name of the chart's path
 * @param needs as they are written, each with its place
 */
record HelmfileRelease(
    ReleaseId id, String chart, boolean installed, List<Need> needs, WantedRelease plain) {

  HelmfileRelease {
    needs = List.copyOf(needs);
  }

  /** A release that must be healthy before. */
  record Need(ReleaseId id, Place place) {}

  /** What selectors see: the labels, and those that helmfile adds and nobody can set. */
  Map<String, String> selectable() {
    Map<String, String> labels = new HashMap<>(plain.labels());
    labels.put("name", id.name());
    labels.put("namespace", id.namespace());
    labels.put("chart", chart);
    return labels;
  }

  WantedRelease wanted(TemplateScope scope) {
    Templating own =
        new Templating(scope, id.namespace(), plain.templating().chart(), "", List.of(), "");
    return new WantedRelease(
        id, plain.settings(), selectable(), plain.chart(), plain.values(), own);
  }
}
