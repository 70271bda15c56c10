package dev.hikkoshi.environments.check.doctor;

import dev.hikkoshi.environments.check.doctor.Advice.Weight;
import dev.hikkoshi.environments.check.outside.Rendering.Content;
import dev.hikkoshi.environments.desired.DesiredRoute;
import dev.hikkoshi.environments.observed.Manifest;
import dev.hikkoshi.environments.observed.ReleaseId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is rendered, looked at for what has hurt others in a new cluster. */
final class Inside {

  private static final Set<String> WEBHOOKS =
      Set.of("ValidatingWebhookConfiguration", "MutatingWebhookConfiguration");

  private final Subject subject;
  private final List<Advice> advice;
  private final List<Entry> all = new ArrayList<>();

  private record Entry(ReleaseId release, Manifest object) {}

  private Inside(Subject subject, List<Advice> advice) {
    this.subject = subject;
    this.advice = advice;
    for (Map.Entry<ReleaseId, Content> e : subject.here().releases().entrySet()) {
      e.getValue().objects().forEach(o -> all.add(new Entry(e.getKey(), o)));
    }
  }

  static void examine(Subject subject, List<Advice> advice) {
    Inside inside = new Inside(subject, advice);
    RoleChecks roles = new RoleChecks(subject, advice);
    inside.all.forEach(e -> roles.examine(e.release(), e.object()));
    inside.all.forEach(inside::webhook);
    inside.all.forEach(inside::singleton);
    inside.probes();
    inside.names();
    inside.nodes();
  }

  private void add(Weight weight, String topic, Entry entry, String what, String why, String how) {
    String path = entry.object().path();
    advice.add(
        new Advice(weight, topic, path, subject.source(entry.release(), path), what, why, how));
  }

  /** A webhook that nobody answers keeps every object out of a cluster that is being filled. */
  private void webhook(Entry entry) {
    if (!WEBHOOKS.contains(entry.object().kind())
        || !(entry.object().tree().get("webhooks") instanceof List<?> hooks)) {
      return;
    }
    for (Object hook : hooks) {
      boolean fails = !"Ignore".equals(at(hook, "failurePolicy"));
      @Nullable Object service = at(hook, "clientConfig", "service", "name");
      String namespace = String.valueOf(at(hook, "clientConfig", "service", "namespace"));
      boolean there =
          all.stream()
              .anyMatch(
                  e ->
                      e.object().kind().equals("Service")
                          && e.object().name().equals(service)
                          && e.object().namespace().equals(namespace));
      if (fails && service != null && !there) {
        add(
            Weight.SETTLE,
            "webhook",
            entry,
            "%s asks the Service %s/%s, which no release renders"
                .formatted(at(hook, "name"), namespace, service),
            "with failurePolicy Fail nothing that it is asked about can be created in a new"
                + " cluster",
            "failurePolicy: Ignore, or the release that brings the Service");
      }
    }
  }

  private void singleton(Entry entry) {
    Manifest object = entry.object();
    boolean recreate = object.at("spec", "strategy", "type").filter("Recreate"::equals).isPresent();
    if (object.kind().equals("Deployment") && recreate) {
      add(
          Weight.CONSIDER,
          "singleton",
          entry,
          "its strategy is Recreate: it is written to run once",
          "during a move it runs in both clusters",
          "- {object: %s, as: serving-only, reason: \"\"}".formatted(object.path()));
    }
  }

  /** The load balancer's probe and the pods' own should ask the same question. */
  private void probes() {
    for (DesiredRoute route : subject.desired().routes()) {
      if (!(route instanceof DesiredRoute.Alb alb)) {
        continue;
      }
      String path = alb.probe().path();
      SortedSet<String> own = readiness(alb.backend().namespace(), alb.backend().name());
      if (!own.isEmpty() && !own.contains(path)) {
        advice.add(
            new Advice(
                Weight.CONSIDER,
                "health-check",
                route.name(),
                subject.file() + ", spec.routes " + route.name(),
                "the load balancer asks %s, the pods' readiness asks %s"
                    .formatted(path, String.join(", ", own)),
                "one is well while the other is not: pods that are ready get no requests, or"
                    + " requests go to pods that are not",
                "healthCheck: {path: %s}".formatted(own.getFirst())));
      }
    }
  }

  private SortedSet<String> readiness(String namespace, String service) {
    SortedSet<String> paths = new TreeSet<>();
    Optional<Object> selector =
        all.stream()
            .map(Entry::object)
            .filter(o -> o.kind().equals("Service") && o.name().equals(service))
            .filter(o -> o.namespace().equals(namespace))
            .findFirst()
            .flatMap(o -> o.at("spec", "selector"));
    if (!(selector.orElse(null) instanceof Map<?, ?> wanted) || wanted.isEmpty()) {
      return paths;
    }
    for (Entry entry : all) {
      Object labels = entry.object().at("spec", "template", "metadata", "labels").orElse(Map.of());
      boolean selected =
          entry.object().namespace().equals(namespace)
              && labels instanceof Map<?, ?> map
              && map.entrySet().containsAll(wanted.entrySet());
      if (selected
          && entry.object().at("spec", "template", "spec", "containers").orElse(null)
              instanceof List<?> containers) {
        for (Object container : containers) {
          @Nullable Object path = at(container, "readinessProbe", "httpGet", "path");
          if (path != null) {
            paths.add(path.toString());
          }
        }
      }
    }
    return paths;
  }

  /** Two CoreDNS pods were enough until a share of the traffic was there. */
  private void names() {
    boolean helped =
        all.stream()
            .map(e -> e.object().name())
            .anyMatch(
                n ->
                    n.contains("node-local-dns")
                        || n.contains("nodelocaldns")
                        || n.contains("dns-autoscaler"));
    boolean scaled =
        subject.desired().cluster().addons().stream()
            .filter(a -> a.name().equals("coredns"))
            .anyMatch(a -> a.toString().contains("autoScaling"));
    if (!helped && !scaled) {
      advice.add(
          new Advice(
              Weight.CONSIDER,
              "coredns",
              subject.desired().environment(),
              subject.file(),
              "nothing scales CoreDNS, and there is no NodeLocal DNS",
              "names resolve well until some share of the traffic: two CoreDNS pods, a full"
                  + " conntrack table, and lookups fail for all",
              "cluster.yaml, addons: coredns with configurationValues"
                  + " '{\"autoScaling\": {\"enabled\": true}}'"));
    }
  }

  /** A node group of a fixed size is as large as it was on the day it was written. */
  private void nodes() {
    boolean scaled =
        all.stream()
            .map(e -> e.object().path())
            .anyMatch(path -> path.contains("cluster-autoscaler") || path.contains("karpenter"));
    boolean groups = !subject.desired().cluster().nodegroups().isEmpty();
    if (groups && !scaled && !subject.here().releases().isEmpty()) {
      advice.add(
          new Advice(
              Weight.CONSIDER,
              "autoscaler",
              subject.desired().environment(),
              subject.file(),
              "nothing that is rendered adds nodes (no cluster-autoscaler, no Karpenter)",
              "the new side has to carry everything with the nodes it begins with: what would"
                  + " scale out stays Pending at the step that needs it",
              "an autoscaler in the helmfile, or a desiredCapacity for the peak"));
    }
  }

  private static @Nullable Object at(@Nullable Object tree, String... keys) {
    @Nullable Object here = tree;
    for (String key : keys) {
      here = here instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return here;
  }
}
