package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.definition.ClusterFile.Home;
import dev.hikkoshi.environments.definition.NetworkReader.Network;
import dev.hikkoshi.environments.port.EksGateway.NodegroupSpec;
import dev.hikkoshi.environments.port.EksGateway.Taint;
import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code managedNodeGroups} of a cluster file. */
final class NodegroupReader {

  private static final String PATH = "managedNodeGroups[]";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");
  private static final Pattern LABEL_KEY =
      Pattern.compile(
          "([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([\\w.-]{0,61}[A-Za-z0-9])?");

  /** EKS's own bound on the nodes of a group. */
  private static final int MOST_NODES = 450;

  private static final int MOST_GIB = 16_384;

  private final Home home;
  private final Network network;
  private final Map<String, String> clusterTags;

  NodegroupReader(Home home, Network network, Map<String, String> clusterTags) {
    this.home = home;
    this.network = network;
    this.clusterTags = clusterTags;
  }

  private record Sizes(int min, int max, int desired) {}

  Optional<NodegroupSpec> group(Fields fields) {
    var name = fields.need("name", Types.text(NAME, "a node group's name"), "unique in the file");
    var role = fields.need("iam", Fields.object(this::iam), "instanceRoleARN: the nodes' role");
    var template = fields.get(LaunchTemplates.KEY, LaunchTemplates.one());
    List<String> types = types(fields);
    Optional<String> image = fields.get("amiFamily", InstanceTypes.image(types));
    boolean spot = fields.get("spot", Types.bool(), false);
    Sizes sizes = sizes(fields);
    var disk = fields.get("volumeSize", Types.integer(1, MOST_GIB));
    Type<Map<String, String>> labelled =
        Types.map(Types.text(LABEL_KEY, "a label's key"), Types.text());
    Map<String, String> labels = fields.get("labels", labelled, Map.of());
    List<Taint> taints =
        fields.get("taints", Types.list(Fields.object(NodegroupReader::taint)), List.of());
    Map<String, String> own = fields.get("tags", Aws.tags(), Map.of());
    List<String> subnets = subnets(fields);
    LaunchTemplates.refuseBeside(fields);
    ClusterFields.refuse(fields, PATH);
    return fields.make(
        () -> {
          Map<String, String> tags = new HashMap<>(clusterTags);
          tags.putAll(own);
          return new NodegroupSpec(
              name.orElseThrow(),
              role.orElseThrow(),
              subnets,
              types,
              image,
              spot,
              template,
              sizes.min(),
              sizes.max(),
              sizes.desired(),
              disk,
              labels,
              taints,
              tags);
        });
  }

  private Optional<String> iam(Fields fields) {
    var role =
        fields.need(
            "instanceRoleARN",
            Aws.role(home.account(), home.region()),
            "the role of the nodes; Hikkoshi makes none");
    ClusterFields.refuse(fields, PATH + ".iam");
    return fields.make(role::orElseThrow);
  }

  private static List<String> types(Fields fields) {
    var one = fields.get("instanceType", InstanceTypes.type());
    var several = fields.get("instanceTypes", Types.list(InstanceTypes.type()));
    boolean both = fields.has("instanceType") && fields.has("instanceTypes");
    boolean neither =
        !fields.has("instanceType")
            && !fields.has("instanceTypes")
            && !fields.has(LaunchTemplates.KEY);
    if (both) {
      fields.problem("instanceType", "beside instanceTypes", "write one of them");
    }
    if (neither) {
      fields.problem("instanceType", "no instance type", "for example instanceType: m7i.large");
    }
    return several.orElseGet(() -> one.stream().toList());
  }

  /** What is absent is what is there, as in eksctl. */
  private static Sizes sizes(Fields fields) {
    var min = fields.get("minSize", Types.integer(0, MOST_NODES));
    var max = fields.get("maxSize", Types.integer(1, MOST_NODES));
    var wanted = fields.get("desiredCapacity", Types.integer(0, MOST_NODES));
    if (!fields.has("minSize") && !fields.has("maxSize") && !fields.has("desiredCapacity")) {
      fields.problem("minSize", "no size", "write minSize and maxSize");
    }
    int desired = wanted.or(() -> min).or(() -> max).orElse(1);
    Sizes sizes = new Sizes(min.orElse(desired), max.orElse(Math.max(1, desired)), desired);
    if (sizes.min() > sizes.desired() || sizes.desired() > sizes.max()) {
      String key = wanted.isPresent() ? "desiredCapacity" : "maxSize";
      fields.problem(
          key,
          "%d – %d – %d do not ascend".formatted(sizes.min(), sizes.desired(), sizes.max()),
          "expected minSize <= desiredCapacity <= maxSize");
    }
    return sizes;
  }

  private static Optional<Taint> taint(Fields fields) {
    Map<String, String> effects = new LinkedHashMap<>();
    effects.put("NoSchedule", "NO_SCHEDULE");
    effects.put("NoExecute", "NO_EXECUTE");
    effects.put("PreferNoSchedule", "PREFER_NO_SCHEDULE");
    var key = fields.need("key", Types.text(LABEL_KEY, "a taint's key"), "for example dedicated");
    String value = fields.get("value", Types.text(), "");
    var effect = fields.need("effect", Types.oneOf(effects), "for example NoSchedule");
    return fields.make(() -> new Taint(key.orElseThrow(), value, effect.orElseThrow()));
  }

  private List<String> subnets(Fields fields) {
    boolean ofPrivate = fields.get("privateNetworking", Types.bool(), false);
    var named = fields.get("subnets", Types.list(subnet()));
    if (named.isPresent()) {
      return named.get();
    }
    Map<String, String> ids = ofPrivate ? network.privateSubnets() : network.publicSubnets();
    if (ids.isEmpty() && network != Network.NONE && !fields.has("subnets")) {
      String hint =
          ofPrivate ? "name some under vpc.subnets.private" : "privateNetworking: true, or subnets";
      String kind = ofPrivate ? "private" : "public";
      fields.problem("privateNetworking", "there are no " + kind + " subnets for it", hint);
    }
    return List.copyOf(ids.values());
  }

  private Type<String> subnet() {
    return Types.text()
        .then(
            (text, node, problems) -> {
              Optional<String> id =
                  Optional.ofNullable(network.privateSubnets().get(text))
                      .or(() -> Optional.ofNullable(network.publicSubnets().get(text)))
                      .or(() -> Optional.of(text).filter(t -> t.startsWith("subnet-")));
              if (id.isEmpty() && network != Network.NONE) {
                problems.add(
                    node.place(), "\"" + text + "\" is no key of vpc.subnets and no subnet's id");
              }
              return id.or(() -> Optional.of(text).filter(_ -> network == Network.NONE));
            });
  }
}
