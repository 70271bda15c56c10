package dev.hikkoshi.sandbox.eks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hikkoshi.sandbox.Timers;
import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.RestRoutes;
import dev.hikkoshi.sandbox.cluster.ClusterUsers;
import dev.hikkoshi.sandbox.cluster.ControlPlanes;
import dev.hikkoshi.sandbox.ec2.Network;
import dev.hikkoshi.sandbox.iam.Roles;
import dev.hikkoshi.sandbox.physics.Physics;
import dev.hikkoshi.sandbox.state.StateStore;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** EKS's front: routes, bodies, answers, errors. The rules are in the operations' own classes. */
public final class EksService implements AwsService {

  private static final RestRoutes ROUTES = EksRoutes.all();

  private final EksStore store;
  private final Lifecycle lifecycle;
  private final ClusterOperations clusters;
  private final NodegroupOperations nodegroups;
  private final AddonOperations addons;
  private final AccessOperations access;
  private final AccessAnswers entries;
  private final PodIdentityAnswers podIdentities;
  private final TagOperations tags;
  private final Versions versions;
  private final VersionOperations offers;
  private final Views views;
  private final InstantSource clock;

  /** What EKS stands on. */
  public record Ground(
      StateStore state,
      ControlPlanes planes,
      Timers timers,
      InstantSource clock,
      Physics physics,
      Network network,
      Roles roles,
      Versions versions,
      String region,
      String accountId) {}

  /** Takes up what was kept; {@link #resume} sets it going. */
  public EksService(Ground ground) {
    store = new EksStore(ground.state());
    versions = ground.versions();
    clock = ground.clock();
    Checks checks = new Checks(ground.network(), ground.roles());
    Arns arns = new Arns(ground.region(), ground.accountId());
    lifecycle =
        new Lifecycle(
            store,
            ground.planes(),
            ground.timers(),
            clock,
            ground.physics(),
            checks,
            ground.region());
    clusters = new ClusterOperations(store, lifecycle, checks, versions, arns, clock);
    nodegroups = new NodegroupOperations(store, lifecycle, checks, arns, clock);
    addons = new AddonOperations(store, lifecycle, checks, versions, arns, clock);
    access = new AccessOperations(store, checks, arns, clock);
    entries = new AccessAnswers(store, access);
    podIdentities = new PodIdentityAnswers(new PodIdentityOperations(store, checks, arns, clock));
    tags = new TagOperations(store);
    offers = new VersionOperations(versions);
    views =
        new Views(ground.region(), ground.network().vpcId(), ground.network().securityGroupId());
  }

  /** Goes on with what was under way when the sandbox ended. */
  public void resume() {
    lifecycle.resume();
  }

  /** Who may use which cluster. */
  public ClusterUsers users() {
    return access;
  }

  /** The names and states of all clusters, for showing. */
  public Map<String, String> states() {
    Map<String, String> states = new TreeMap<>();
    store.all().forEach(doc -> states.put(doc.name(), doc.status().name()));
    return states;
  }

  /**
   * Addresses that clusters have in a subnet: one for each network interface of a control plane
   * (EKS puts them into up to four of its subnets), and one for each node.
   */
  public int addresses(String subnet) {
    return store.all().stream().mapToInt(cluster -> Addresses.of(cluster, subnet)).sum();
  }

  @Override
  public String signingName() {
    return "eks";
  }

  @Override
  public String operation(AwsRequest request) {
    return ROUTES.match(request).operation();
  }

  @Override
  public AwsResponse handle(AwsRequest request, String operation) {
    Map<String, String> path = ROUTES.match(request).parameters();
    return AwsResponse.json(200, answer(request, operation, path).toString());
  }

  private ObjectNode answer(AwsRequest request, String operation, Map<String, String> path) {
    String cluster = path.getOrDefault("name", "");
    return switch (operation) {
      case "CreateCluster", "DescribeCluster", "ListClusters", "DeleteCluster" ->
          cluster(request, operation, cluster);
      case "UpdateClusterConfig", "DescribeUpdate", "ListUpdates" ->
          update(request, operation, path);
      case "CreateNodegroup",
          "DescribeNodegroup",
          "ListNodegroups",
          "DeleteNodegroup",
          "UpdateNodegroupConfig" ->
          nodegroup(request, operation, path);
      case "CreateAddon", "DescribeAddon", "ListAddons", "DeleteAddon" ->
          addon(request, operation, path);
      case "DescribeAddonVersions" -> offers.addonVersions(request);
      case "DescribeClusterVersions" -> offers.clusterVersions(request);
      case "TagResource", "UntagResource", "ListTagsForResource" ->
          tags.answer(request, operation, path.getOrDefault("resourceArn", ""));
      case "ListInsights" -> {
        Requests.read(request, Requests.ListInsights.class);
        yield offers.insights(store.need(cluster), clock.instant());
      }
      // They cannot be made here, so no cluster has any.
      case "ListFargateProfiles" -> none(cluster, "fargateProfileNames");
      case "ListPodIdentityAssociations" -> podIdentities.list(request, cluster);
      case "CreatePodIdentityAssociation",
          "DescribePodIdentityAssociation",
          "UpdatePodIdentityAssociation",
          "DeletePodIdentityAssociation" ->
          podIdentities.answer(request, operation, path);
      default -> entries.answer(request, operation, path);
    };
  }

  private ObjectNode none(String cluster, String list) {
    store.need(cluster);
    ObjectNode out = Views.object();
    out.putArray(list);
    return out;
  }

  private ObjectNode cluster(AwsRequest request, String operation, String name) {
    if (operation.equals("ListClusters")) {
      List<String> names = store.all().stream().map(ClusterDoc::name).toList();
      return Pages.answer("clusters", Pages.of(request, names));
    }
    ClusterDoc doc =
        switch (operation) {
          case "CreateCluster" ->
              clusters.create(
                  Requests.read(request, Requests.CreateCluster.class), request.principal());
          case "DeleteCluster" -> clusters.delete(name);
          default -> store.need(name);
        };
    ObjectNode out = Views.object();
    out.set("cluster", views.cluster(doc, platform(doc)));
    return out;
  }

  private String platform(ClusterDoc doc) {
    return versions
        .version(doc.definition().version())
        .map(Versions.Version::platformVersion)
        .orElse("eks.1");
  }

  private ObjectNode update(AwsRequest request, String operation, Map<String, String> path) {
    String name = path.getOrDefault("name", "");
    Optional<String> group = request.query("nodegroupName");
    return switch (operation) {
      case "UpdateClusterConfig" ->
          update(clusters.update(name, Requests.read(request, Requests.UpdateClusterConfig.class)));
      case "DescribeUpdate" -> {
        String id = path.getOrDefault("updateId", "");
        yield update(
            store.need(name).updates().stream()
                .filter(u -> u.id().equals(id))
                .filter(u -> Optional.ofNullable(u.nodegroup()).equals(group))
                .findFirst()
                .orElseThrow(() -> EksErrors.notFound("No update found for ID: " + id)));
      }
      default ->
          Pages.answer(
              "updateIds",
              Pages.of(
                  request,
                  store.need(name).updates().stream()
                      .filter(u -> Optional.ofNullable(u.nodegroup()).equals(group))
                      .map(UpdateDoc::id)
                      .sorted()
                      .toList()));
    };
  }

  private static ObjectNode update(UpdateDoc update) {
    ObjectNode out = Views.object();
    out.set("update", Views.update(update));
    return out;
  }

  private ObjectNode nodegroup(AwsRequest request, String operation, Map<String, String> path) {
    String cluster = path.getOrDefault("name", "");
    String name = path.getOrDefault("nodegroupName", "");
    return switch (operation) {
      case "ListNodegroups" ->
          Pages.answer(
              "nodegroups",
              Pages.of(
                  request, store.need(cluster).nodegroups().keySet().stream().sorted().toList()));
      case "UpdateNodegroupConfig" ->
          update(
              nodegroups.update(
                  cluster, name, Requests.read(request, Requests.UpdateNodegroupConfig.class)));
      case "CreateNodegroup" ->
          nodegroup(
              cluster,
              nodegroups.create(cluster, Requests.read(request, Requests.CreateNodegroup.class)));
      case "DeleteNodegroup" -> nodegroup(cluster, nodegroups.delete(cluster, name));
      default -> nodegroup(cluster, NodegroupOperations.need(store.need(cluster), name));
    };
  }

  private ObjectNode nodegroup(String cluster, NodegroupDoc group) {
    String patch =
        versions.version(group.version()).map(Versions.Version::patch).orElse(group.version());
    ObjectNode out = Views.object();
    out.set("nodegroup", views.nodegroup(store.need(cluster), group, patch));
    return out;
  }

  private ObjectNode addon(AwsRequest request, String operation, Map<String, String> path) {
    String cluster = path.getOrDefault("name", "");
    String name = path.getOrDefault("addonName", "");
    if (operation.equals("ListAddons")) {
      List<String> names = store.need(cluster).addons().keySet().stream().sorted().toList();
      return Pages.answer("addons", Pages.of(request, names));
    }
    AddonDoc addon =
        switch (operation) {
          case "CreateAddon" ->
              addons.create(cluster, Requests.read(request, Requests.CreateAddon.class));
          case "DeleteAddon" -> addons.delete(cluster, name);
          default -> AddonOperations.need(store.need(cluster), name);
        };
    ObjectNode out = Views.object();
    out.set("addon", Views.addon(store.need(cluster), addon));
    return out;
  }

  @Override
  public AwsResponse error(AwsRequest request, AwsException error) {
    String code =
        switch (error.code()) {
          case "MissingAuthenticationToken" -> "MissingAuthenticationTokenException";
          case "InvalidClientTokenId" -> "UnrecognizedClientException";
          case "SignatureDoesNotMatch" -> "InvalidSignatureException";
          case "ExpiredToken" -> "ExpiredTokenException";
          case "IncompleteSignature" -> "IncompleteSignatureException";
          case "InternalFailure" -> "ServerException";
          default -> error.code();
        };
    ObjectNode body = Views.object().put("__type", code).put("message", error.getMessage());
    return new AwsResponse(
        error.status(),
        "application/json",
        body.toString().getBytes(StandardCharsets.UTF_8),
        Map.of("x-amzn-ErrorType", code));
  }
}
