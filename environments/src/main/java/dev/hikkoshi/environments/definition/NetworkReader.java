package dev.hikkoshi.environments.definition;

import dev.hikkoshi.environments.reading.Fields;
import dev.hikkoshi.environments.reading.Type;
import dev.hikkoshi.environments.reading.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code vpc} and {@code kubernetesNetworkConfig} of a cluster file. */
final class NetworkReader {

  private NetworkReader() {}

  /**
   * The network that clusters are built in.
   *
   * @param privateSubnets ids by the key under which the file names them
   */
  record Network(
      Map<String, String> privateSubnets,
      Map<String, String> publicSubnets,
      List<String> controlPlaneSubnets,
      List<String> securityGroups,
      boolean publicAccess,
      boolean privateAccess,
      List<String> publicAccessCidrs) {

    /** Stands in while the rest of a file is read for its problems. */
    static final Network NONE =
        new Network(Map.of(), Map.of(), List.of(), List.of(), true, false, List.of());
  }

  record Services(Optional<String> range) {}

  private record Subnets(Map<String, String> ofPrivate, Map<String, String> ofPublic) {

    static final Subnets NONE = new Subnets(Map.of(), Map.of());
  }

  private record Endpoints(boolean ofPublic, boolean ofPrivate) {}

  static Optional<Network> vpc(Fields fields) {
    fields.get("id", Aws.vpcId());
    fields.get("cidr", Aws.cidr());
    Subnets subnets = fields.get("subnets", Fields.object(NetworkReader::subnets), Subnets.NONE);
    var controlPlane = fields.get("controlPlaneSubnetIDs", Types.list(Aws.subnetId()));
    var group = fields.get("securityGroup", Aws.securityGroupId());
    var groups = fields.get("controlPlaneSecurityGroupIDs", Types.list(Aws.securityGroupId()));
    Endpoints endpoints =
        fields.get(
            "clusterEndpoints",
            Fields.object(NetworkReader::endpoints),
            new Endpoints(true, false));
    List<String> cidrs = fields.get("publicAccessCIDRs", Types.list(Aws.cidr()), List.of());
    if (fields.has("securityGroup") && fields.has("controlPlaneSecurityGroupIDs")) {
      fields.problem("securityGroup", "beside controlPlaneSecurityGroupIDs", "write one of them");
    }
    List<String> all = new ArrayList<>(subnets.ofPrivate().values());
    all.addAll(subnets.ofPublic().values());
    List<String> chosen = controlPlane.orElse(all).stream().distinct().toList();
    if (chosen.size() < 2 && fields.clean()) {
      fields.problem("subnets", "EKS needs at least two subnets", "in two availability zones");
    }
    ClusterFields.refuse(fields, "vpc");
    return fields.make(
        () ->
            new Network(
                subnets.ofPrivate(),
                subnets.ofPublic(),
                chosen,
                groups.orElseGet(() -> group.stream().toList()),
                endpoints.ofPublic(),
                endpoints.ofPrivate(),
                cidrs));
  }

  private static Optional<Subnets> subnets(Fields fields) {
    Type<Map<String, String>> byKey = Types.map(Types.text(), Fields.object(NetworkReader::subnet));
    Map<String, String> ofPrivate = fields.get("private", byKey, Map.of());
    Map<String, String> ofPublic = fields.get("public", byKey, Map.of());
    return fields.make(
        () -> new Subnets(new LinkedHashMap<>(ofPrivate), new LinkedHashMap<>(ofPublic)));
  }

  private static Optional<String> subnet(Fields fields) {
    var id = fields.need("id", Aws.subnetId(), "the subnet's id; Hikkoshi makes and searches none");
    fields.get("az", Types.text());
    fields.get("cidr", Aws.cidr());
    return fields.make(id::orElseThrow);
  }

  private static Optional<Endpoints> endpoints(Fields fields) {
    boolean ofPublic = fields.get("publicAccess", Types.bool(), true);
    boolean ofPrivate = fields.get("privateAccess", Types.bool(), false);
    if (!ofPublic && !ofPrivate) {
      fields.problem("publicAccess", "no endpoint at all", "at least one access must be true");
    }
    return fields.make(() -> new Endpoints(ofPublic, ofPrivate));
  }

  static Optional<Services> services(Fields fields) {
    var range =
        fields.get(
            "serviceIPv4CIDR",
            Aws.cidr()
                .then(
                    (cidr, node, problems) -> {
                      int bits = Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
                      if (bits < 12 || bits > 24) {
                        problems.add(
                            node.place(), cidr + " is out of range", "expected /12 to /24");
                        return Optional.empty();
                      }
                      return Optional.of(cidr);
                    }));
    fields.get(
        "ipFamily",
        Types.text()
            .then(
                (family, node, problems) -> {
                  if (family.equals("IPv4")) {
                    return Optional.of(family);
                  }
                  problems.add(node.place(), "not yet: ipFamily " + family, "IPv4");
                  return Optional.empty();
                }));
    return fields.make(() -> new Services(range));
  }
}
