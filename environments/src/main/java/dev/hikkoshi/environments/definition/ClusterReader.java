package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.ClusterFile.Home;
import dev.hikkoshi.environments.desired.DesiredCluster;
import dev.hikkoshi.environments.port.EksGateway.ClusterSpec;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Node;
import dev.hikkoshi.environments.reading.Node.Mapping;
import dev.hikkoshi.environments.reading.Place;
import dev.hikkoshi.environments.reading.Problems;
import dev.hikkoshi.environments.reading.Shape;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import dev.hikkoshi.environments.reading.Yaml;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.regex.Pattern;

/** Reads the supported part of an eksctl file; the rest is refused by name. */
final class ClusterReader {

  private static final Pattern VERSION = Pattern.compile("1\\.[0-9]{1,3}");
  private static final List<String> LOG_TYPES =
      List.of("api", "audit", "authenticator", "controllerManager", "scheduler");

  private final Home home;

  private ClusterReader(Home home) {
    this.home = home;
  }

  /** Empty exactly when a problem was added. */
  static Optional<ClusterFile> read(String file, byte[] content, Home home, Problems problems) {
    return Yaml.one(file, content, problems)
        .flatMap(root -> Fields.of(root, problems).flatMap(new ClusterReader(home).of(root)));
  }

  /** The Kubernetes version that a file asks for, whatever else is wrong with it. */
  static Optional<String> version(byte[] content) {
    return Yaml.one("", content, new Problems())
        .flatMap(root -> at(root, "metadata"))
        .flatMap(metadata -> at(metadata, "version"))
        .flatMap(v -> v instanceof Node.Scalar s ? Optional.of(s.text()) : Optional.empty())
        .filter(text -> VERSION.matcher(text).matches());
  }

  private static Optional<Node> at(Node node, String key) {
    return node instanceof Mapping map ? map.at(key) : Optional.empty();
  }

  /** What the file may have. */
  static Shape shape() {
    ClusterReader reader = new ClusterReader(new Home("", "", 0));
    Mapping nothing = new Mapping(List.of(), Place.of(""));
    return Fields.shape(fields -> reader.file(fields, nothing));
  }

  private java.util.function.Function<Fields, Optional<ClusterFile>> of(Node root) {
    return fields -> file(fields, (Mapping) root);
  }

  private record Metadata(String version, Place line, Map<String, String> tags) {}

  private Optional<ClusterFile> file(Fields root, Mapping tree) {
    root.need("apiVersion", only("eksctl.io/v1alpha5"), "apiVersion: eksctl.io/v1alpha5");
    root.need("kind", only("ClusterConfig"), "kind: ClusterConfig");
    var metadata = root.need("metadata", Fields.object(this::metadata), "name, region, version");
    var network = root.need("vpc", Fields.object(NetworkReader::vpc), "the subnets of clusters");
    Map<String, String> tags = metadata.map(Metadata::tags).orElse(Map.of());
    IamReader roles = new IamReader(home);
    var iam = root.need("iam", Fields.object(roles::iam), "serviceRoleARN: the cluster's role");
    var serviceRange =
        root.get("kubernetesNetworkConfig", Fields.object(NetworkReader::services))
            .flatMap(NetworkReader.Services::range);
    var access =
        root.get("accessConfig", Fields.object(AccessReader::access), AccessReader.Access.NONE);
    NodegroupReader groups =
        new NodegroupReader(home, network.orElse(NetworkReader.Network.NONE), tags);
    List<NodegroupSpec> nodegroups =
        root.get(
            "managedNodeGroups",
            Types.listBy(Fields.object(groups::group), "the group", NodegroupSpec::name),
            List.of());
    var addons = root.get("addons", AddonReader.addons(tags));
    if (addons.isPresent() || !root.has("addons")) {
      iam.ifPresent(i -> IamReader.needAgent(i, addons.orElse(List.of()), root));
    }
    String support = root.get("upgradePolicy", Fields.object(this::upgradePolicy), "EXTENDED");
    var key = root.get("secretsEncryption", Fields.object(this::secretsEncryption));
    List<String> logs = root.get("cloudWatch", Fields.object(this::cloudWatch), List.of());
    ClusterFields.refuse(root, "");
    return root.make(
        () -> {
          Metadata meta = metadata.orElseThrow();
          NetworkReader.Network net = network.orElseThrow();
          FieldWalk walk = FieldWalk.over(tree);
          SortedMap<String, String> immutable = walk.immutable();
          // A name and the ARN that it stands for are the same role.
          immutable.put("iam.serviceRoleARN", iam.orElseThrow().clusterRole());
          ClusterSpec spec =
              new ClusterSpec(
                  "",
                  meta.version(),
                  iam.orElseThrow().clusterRole(),
                  net.controlPlaneSubnets(),
                  net.securityGroups(),
                  net.publicAccess(),
                  net.privateAccess(),
                  net.publicAccessCidrs(),
                  serviceRange,
                  Optional.empty(),
                  key,
                  access.mode(),
                  support,
                  logs,
                  tags,
                  "");
          DesiredCluster cluster =
              new DesiredCluster(
                  meta.version(),
                  home.number() == 0 ? OptionalInt.empty() : OptionalInt.of(home.number()),
                  immutable,
                  walk.mutable(),
                  spec,
                  nodegroups,
                  addons.orElse(List.of()),
                  access.entries(),
                  iam.orElseThrow().podIdentities());
          return new ClusterFile(cluster, meta.line(), walk.places());
        });
  }

  static Type<String> only(String word) {
    return Types.oneOf(Map.of(word, word));
  }

  private Optional<Metadata> metadata(Fields fields) {
    fields.get("name", Types.text());
    fields.get(
        "region",
        Aws.region()
            .then(
                (region, node, problems) -> {
                  if (!home.region().isEmpty() && !region.equals(home.region())) {
                    problems.add(
                        node.place(),
                        "the environment's region is " + home.region(),
                        "one of them is wrong");
                    return Optional.empty();
                  }
                  return Optional.of(region);
                }));
    record Version(String text, Place place) {}
    Optional<Version> version =
        fields.need(
            "version",
            Types.text(VERSION, "a Kubernetes minor, for example \"1.37\"")
                .then((text, node, _) -> Optional.of(new Version(text, node.place()))),
            "version: \"1.37\"");
    Map<String, String> tags = fields.get("tags", Aws.tags(), Map.of());
    ClusterFields.refuse(fields, "metadata");
    return fields.make(
        () -> new Metadata(version.orElseThrow().text(), version.orElseThrow().place(), tags));
  }

  private Optional<String> upgradePolicy(Fields fields) {
    Map<String, String> types = new LinkedHashMap<>();
    types.put("STANDARD", "STANDARD");
    types.put("EXTENDED", "EXTENDED");
    var type = fields.need("supportType", Types.oneOf(types), "STANDARD or EXTENDED");
    ClusterFields.refuse(fields, "upgradePolicy");
    return fields.make(type::orElseThrow);
  }

  private Optional<String> secretsEncryption(Fields fields) {
    var key = fields.need("keyARN", Aws.keyArn(home.region()), "the key; Hikkoshi makes none");
    ClusterFields.refuse(fields, "secretsEncryption");
    return fields.make(key::orElseThrow);
  }

  private Optional<List<String>> cloudWatch(Fields fields) {
    var logging = fields.get("clusterLogging", Fields.object(this::logging), List.<String>of());
    ClusterFields.refuse(fields, "cloudWatch");
    return fields.make(() -> logging);
  }

  private Optional<List<String>> logging(Fields fields) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    LOG_TYPES.forEach(type -> words.put(type, List.of(type)));
    words.put("*", LOG_TYPES);
    words.put("all", LOG_TYPES);
    var types = fields.get("enableTypes", Types.list(Types.oneOf(words)), List.<List<String>>of());
    ClusterFields.refuse(fields, "cloudWatch.clusterLogging");
    return fields.make(() -> types.stream().flatMap(List::stream).distinct().toList());
  }
}
