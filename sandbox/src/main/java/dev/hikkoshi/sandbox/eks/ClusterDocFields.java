package dev.hikkoshi.sandbox.eks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record has no copy with one component changed; this is one, for the length of a lambda. */
final class ClusterDocFields {

  private final ClusterDoc.Definition definition;
  ClusterDoc.Settings settings;
  ClusterDoc.Status status;
  ClusterDoc.@Nullable Endpoint plane;
  List<ClusterDoc.Issue> issues;
  Map<String, String> tags;
  Map<String, NodegroupDoc> nodegroups;
  Map<String, AddonDoc> addons;
  Map<String, AccessEntryDoc> entries;
  Map<String, PodIdentityDoc> podIdentities;
  List<UpdateDoc> updates;

  ClusterDocFields(ClusterDoc of) {
    definition = of.definition();
    settings = of.settings();
    status = of.status();
    plane = of.plane();
    issues = of.issues();
    tags = of.tags();
    nodegroups = of.nodegroups();
    addons = of.addons();
    entries = of.entries();
    podIdentities = of.podIdentities();
    updates = of.updates();
  }

  ClusterDoc doc() {
    return new ClusterDoc(
        definition,
        settings,
        status,
        plane,
        issues,
        tags,
        nodegroups,
        addons,
        entries,
        podIdentities,
        updates);
  }
}
