package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Tags of everything that has an ARN. */
final class TagOperations {

  private final EksStore store;

  TagOperations(EksStore store) {
    this.store = store;
  }

  ObjectNode answer(AwsRequest request, String operation, String arn) {
    ObjectNode out = Views.object();
    switch (operation) {
      case "TagResource" ->
          add(
              arn,
              Requests.need(Requests.read(request, Requests.TagResource.class).tags(), "tags"));
      case "UntagResource" -> remove(arn, request.query().getOrDefault("tagKeys", List.of()));
      default -> {
        ObjectNode all = out.putObject("tags");
        new TreeMap<>(list(arn)).forEach(all::put);
      }
    }
    return out;
  }

  private Map<String, String> list(String arn) {
    return store.all().stream()
        .flatMap(doc -> tags(doc, arn).stream())
        .findFirst()
        .orElseThrow(() -> notFound(arn));
  }

  private void add(String arn, Map<String, String> tags) {
    Checks.tags(tags);
    change(
        arn,
        before -> {
          Map<String, String> next = new HashMap<>(before);
          next.putAll(tags);
          return Checks.tags(next);
        });
  }

  private void remove(String arn, List<String> keys) {
    change(
        arn,
        before -> {
          Map<String, String> next = new HashMap<>(before);
          keys.forEach(next::remove);
          return next;
        });
  }

  private void change(String arn, UnaryOperator<Map<String, String>> change) {
    String cluster =
        store.all().stream()
            .filter(doc -> tags(doc, arn).isPresent())
            .findFirst()
            .map(ClusterDoc::name)
            .orElseThrow(() -> notFound(arn));
    store.change(cluster, doc -> changed(doc, arn, change));
  }

  private static ClusterDoc changed(
      ClusterDoc doc, String arn, UnaryOperator<Map<String, String>> change) {
    if (doc.definition().arn().equals(arn)) {
      return doc.withTags(change.apply(doc.tags()));
    }
    for (NodegroupDoc group : doc.nodegroups().values()) {
      if (group.arn().equals(arn)) {
        return doc.with(group.withTags(change.apply(group.tags())));
      }
    }
    for (AddonDoc addon : doc.addons().values()) {
      if (addon.arn().equals(arn)) {
        return doc.with(addon.withTags(change.apply(addon.tags())));
      }
    }
    for (AccessEntryDoc entry : doc.entries().values()) {
      if (entry.arn().equals(arn)) {
        return doc.with(entry.withTags(change.apply(entry.tags())));
      }
    }
    for (PodIdentityDoc association : doc.podIdentities().values()) {
      if (association.arn().equals(arn)) {
        return doc.with(association.withTags(change.apply(association.tags())));
      }
    }
    throw notFound(arn);
  }

  private static Optional<Map<String, String>> tags(ClusterDoc doc, String arn) {
    Map<String, Map<String, String>> all = new HashMap<>();
    all.put(doc.definition().arn(), doc.tags());
    doc.nodegroups().values().forEach(group -> all.put(group.arn(), group.tags()));
    doc.addons().values().forEach(addon -> all.put(addon.arn(), addon.tags()));
    doc.entries().values().forEach(entry -> all.put(entry.arn(), entry.tags()));
    doc.podIdentities().values().forEach(p -> all.put(p.arn(), p.tags()));
    return Optional.ofNullable(all.get(arn));
  }

  private static AwsException notFound(String arn) {
    return new AwsException(404, "NotFoundException", "No resource found for ARN: " + arn);
  }
}
