package dev.hikkoshi.sandbox.eks;

import static dev.hikkoshi.sandbox.eks.Requests.need;

import dev.hikkoshi.sandbox.cluster.InstanceTypes;
import dev.hikkoshi.sandbox.quotas.ServiceQuota;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Managed node groups. */
final class NodegroupOperations {

  private static final int MOST_GROUPS = ServiceQuota.NODEGROUPS.value();

  private static final List<String> CAPACITY = List.of("ON_DEMAND", "SPOT");
  private static final List<String> AMIS =
      List.of(
          "AL2023_x86_64_STANDARD",
          "AL2023_ARM_64_STANDARD",
          "BOTTLEROCKET_x86_64",
          "BOTTLEROCKET_ARM_64");

  private final EksStore store;
  private final Lifecycle lifecycle;
  private final Checks checks;
  private final Arns arns;
  private final InstantSource clock;

  NodegroupOperations(
      EksStore store, Lifecycle lifecycle, Checks checks, Arns arns, InstantSource clock) {
    this.store = store;
    this.lifecycle = lifecycle;
    this.checks = checks;
    this.arns = arns;
    this.clock = clock;
  }

  static NodegroupDoc need(ClusterDoc doc, String group) {
    return Optional.ofNullable(doc.nodegroups().get(group))
        .orElseThrow(() -> EksErrors.notFound("No node group found for name: " + group + "."));
  }

  NodegroupDoc create(String cluster, Requests.CreateNodegroup request) {
    String name = Checks.nodegroupName(Requests.need(request.nodegroupName(), "nodegroupName"));
    ClusterDoc changed =
        store.change(
            cluster,
            doc -> {
              NodegroupDoc there = doc.nodegroups().get(name);
              if (there != null) {
                return repeated(doc, there, request);
              }
              if (doc.status() != ClusterDoc.Status.ACTIVE) {
                throw EksErrors.invalidRequest(
                    "Cluster '%s' is not in ACTIVE status".formatted(cluster));
              }
              if (doc.nodegroups().size() >= MOST_GROUPS) {
                throw EksErrors.limit(
                    "You have reached the limit of " + MOST_GROUPS + " node groups.");
              }
              NodegroupDoc fresh = fresh(doc, name, request);
              lifecycle.createNodes(cluster, fresh);
              ClusterDoc next = doc.with(fresh);
              return withNodeEntry(next, fresh.nodeRole());
            });
    return need(changed, name);
  }

  private static ClusterDoc repeated(
      ClusterDoc doc, NodegroupDoc there, Requests.CreateNodegroup request) {
    String token = request.clientRequestToken();
    if (token != null && token.equals(there.clientRequestToken())) {
      return doc;
    }
    throw EksErrors.inUse(
        "NodeGroup already exists with name %s and cluster name %s"
            .formatted(there.name(), doc.name()));
  }

  /** Managed node groups bring an access entry for their role. */
  private ClusterDoc withNodeEntry(ClusterDoc doc, String role) {
    if (doc.entries().containsKey(role)
        || doc.settings().authenticationMode().equals("CONFIG_MAP")) {
      return doc;
    }
    return doc.with(
        new AccessEntryDoc(
            role,
            arns.accessEntry(doc.name(), role),
            "system:node:{{EC2PrivateDNSName}}",
            List.of("system:nodes"),
            "EC2_LINUX",
            clock.instant(),
            clock.instant(),
            Map.of(),
            Map.of()));
  }

  private NodegroupDoc fresh(ClusterDoc doc, String name, Requests.CreateNodegroup request) {
    String version = request.version() == null ? doc.definition().version() : request.version();
    if (!version.equals(doc.definition().version())) {
      throw EksErrors.invalidParameter(
          "Requested Nodegroup version %s is not the cluster's, %s"
              .formatted(version, doc.definition().version()));
    }
    List<String> types =
        request.instanceTypes() == null || request.instanceTypes().isEmpty()
            ? List.of("t3.medium")
            : request.instanceTypes();
    for (String type : types) {
      if (InstanceTypes.of(type).isEmpty()) {
        throw EksErrors.invalidParameter(
            "The instance type '%s' does not exist (or the sandbox does not play it)"
                .formatted(type));
      }
    }
    String capacity = request.capacityType() == null ? "ON_DEMAND" : request.capacityType();
    boolean arm = types.stream().allMatch(t -> "arm64".equals(architecture(t)));
    String ami = arm ? "AL2023_ARM_64_STANDARD" : "AL2023_x86_64_STANDARD";
    return new NodegroupDoc(
        name,
        arns.nodegroup(doc.name(), name),
        clock.instant(),
        clock.instant(),
        NodegroupDoc.Status.CREATING,
        version,
        checks.role(Requests.need(request.nodeRole(), "nodeRole"), "nodeRole"),
        checks.subnets(Requests.need(request.subnets(), "subnets"), false),
        types,
        Checks.oneOf(capacity, "capacityType", CAPACITY),
        Checks.oneOf(request.amiType() == null ? ami : request.amiType(), "amiType", AMIS),
        request.diskSize() == null ? 20 : request.diskSize(),
        NodegroupParts.launchTemplate(request),
        NodegroupParts.scaling(request.scalingConfig(), new NodegroupDoc.Scaling(1, 2, 2)),
        request.labels() == null ? Map.of() : request.labels(),
        NodegroupParts.taints(request.taints()),
        maxUnavailable(request.updateConfig()),
        Checks.tags(request.tags()),
        request.clientRequestToken(),
        List.of());
  }

  private static String architecture(String instanceType) {
    return InstanceTypes.of(instanceType).map(InstanceTypes.Capacity::architecture).orElse("");
  }

  private static int maxUnavailable(Requests.@Nullable UpdateConfig config) {
    if (config == null || config.maxUnavailable() == null) {
      return 1;
    }
    return config.maxUnavailable();
  }

  UpdateDoc update(String cluster, String name, Requests.UpdateNodegroupConfig request) {
    UpdateDoc[] made = new UpdateDoc[1];
    store.change(
        cluster,
        doc -> {
          Optional<UpdateDoc> repeated =
              ClusterOperations.repeated(doc, request.clientRequestToken());
          if (repeated.isPresent()) {
            made[0] = repeated.get();
            return doc;
          }
          NodegroupDoc group = need(doc, name);
          if (group.status() != NodegroupDoc.Status.ACTIVE) {
            throw EksErrors.inUse(
                "Nodegroup %s is %s; it can be updated when it is ACTIVE"
                    .formatted(name, group.status()));
          }
          NodegroupDoc changed = changed(group, request);
          made[0] =
              new UpdateDoc(
                  UUID.randomUUID().toString(),
                  "ConfigUpdate",
                  UpdateDoc.Status.IN_PROGRESS,
                  params(request),
                  clock.instant(),
                  name,
                  request.clientRequestToken());
          lifecycle.changeNodes(cluster, changed);
          return doc.with(changed).withUpdate(made[0]);
        });
    return made[0];
  }

  private NodegroupDoc changed(NodegroupDoc group, Requests.UpdateNodegroupConfig request) {
    Map<String, String> labels = new HashMap<>(group.labels());
    Requests.UpdateLabels asked = request.labels();
    if (asked != null) {
      Map<String, String> add = asked.addOrUpdateLabels();
      List<String> remove = asked.removeLabels();
      labels.putAll(add == null ? Map.of() : add);
      (remove == null ? List.<String>of() : remove).forEach(labels::remove);
    }
    List<NodegroupDoc.Taint> taints = new ArrayList<>(group.taints());
    Requests.UpdateTaints askedTaints = request.taints();
    if (askedTaints != null) {
      List<NodegroupDoc.Taint> add = NodegroupParts.taints(askedTaints.addOrUpdateTaints());
      List<NodegroupDoc.Taint> remove = NodegroupParts.taints(askedTaints.removeTaints());
      taints.removeIf(
          t -> remove.contains(t) || add.stream().anyMatch(a -> NodegroupParts.same(a, t)));
      taints.addAll(add);
    }
    return group.changed(
        NodegroupParts.scaling(request.scalingConfig(), group.scaling()),
        labels,
        taints,
        clock.instant());
  }

  private static List<UpdateDoc.Param> params(Requests.UpdateNodegroupConfig request) {
    List<UpdateDoc.Param> params = new ArrayList<>();
    Requests.Scaling scaling = request.scalingConfig();
    if (scaling != null) {
      add(params, "MinSize", scaling.minSize());
      add(params, "MaxSize", scaling.maxSize());
      add(params, "DesiredSize", scaling.desiredSize());
    }
    return params;
  }

  private static void add(List<UpdateDoc.Param> params, String type, @Nullable Integer value) {
    if (value != null) {
      params.add(new UpdateDoc.Param(type, value.toString()));
    }
  }

  NodegroupDoc delete(String cluster, String name) {
    ClusterDoc changed =
        store.change(
            cluster,
            doc -> {
              NodegroupDoc group = need(doc, name);
              switch (group.status()) {
                case DELETING -> {
                  return doc;
                }
                case CREATING, UPDATING ->
                    throw EksErrors.inUse(
                        "Nodegroup %s cannot be deleted while it is %s"
                            .formatted(name, group.status()));
                case ACTIVE, CREATE_FAILED -> {}
              }
              lifecycle.deleteNodes(cluster, group);
              return doc.with(group.with(NodegroupDoc.Status.DELETING, clock.instant()));
            });
    return need(changed, name);
  }
}
