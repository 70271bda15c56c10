package dev.hikkoshi.sandbox.ec2;

import dev.hikkoshi.sandbox.aws.AwsException;
import dev.hikkoshi.sandbox.aws.AwsRequest;
import dev.hikkoshi.sandbox.aws.AwsResponse;
import dev.hikkoshi.sandbox.aws.AwsService;
import dev.hikkoshi.sandbox.aws.Form;
import dev.hikkoshi.sandbox.aws.Xml;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** EC2 as far as clusters need it: the network is described, with ids and filters. */
public final class Ec2Service implements AwsService {

  private static final String NAMESPACE = "http://ec2.amazonaws.com/doc/2016-11-15/";
  private static final Set<String> OPERATIONS =
      Set.of(
          "DescribeSubnets",
          "DescribeVpcs",
          "DescribeSecurityGroups",
          "DescribeAvailabilityZones",
          "DescribeRegions");

  /** AWS keeps five addresses of every subnet for itself. */
  private static final int KEPT = 5;

  private static final int ADDRESS_BITS = 32;

  private final Network network;
  private final String region;
  private final String accountId;
  private final ToIntFunction<String> inUse;

  /**
   * Describes this network.
   *
   * @param inUse addresses of a subnet that control planes and nodes have now; pods here have
   *     networks of their own
   */
  public Ec2Service(Network network, String region, String accountId, ToIntFunction<String> inUse) {
    this.inUse = inUse;
    this.network = network;
    this.region = region;
    this.accountId = accountId;
  }

  @Override
  public String signingName() {
    return "ec2";
  }

  @Override
  public String operation(AwsRequest request) {
    String action = Form.of(request).need("Action");
    if (!OPERATIONS.contains(action)) {
      throw new AwsException(
          400, "InvalidAction", "The action " + action + " is not valid for this web service.");
    }
    return action;
  }

  @Override
  public AwsResponse handle(AwsRequest request, String operation) {
    Form form = Form.of(request);
    return switch (operation) {
      case "DescribeSubnets" ->
          answer(request, operation, "subnetSet", subnets(form), this::writeSubnet);
      case "DescribeVpcs" ->
          answer(request, operation, "vpcSet", vpcs(form), (x, id) -> writeVpc(x));
      case "DescribeSecurityGroups" ->
          answer(
              request, operation, "securityGroupInfo", groups(form), (x, id) -> writeGroup(x, id));
      case "DescribeAvailabilityZones" ->
          answer(
              request,
              operation,
              "availabilityZoneInfo",
              List.copyOf(network.subnets().subList(0, 2)),
              this::writeZone);
      case "DescribeRegions" ->
          answer(request, operation, "regionInfo", List.of(region), this::writeRegion);
      default -> throw new IllegalStateException(operation);
    };
  }

  private List<Network.Subnet> subnets(Form form) {
    List<String> ids = form.list("SubnetId");
    for (String id : ids) {
      if (network.subnet(id).isEmpty()) {
        throw new AwsException(
            400, "InvalidSubnetID.NotFound", "The subnet ID '" + id + "' does not exist");
      }
    }
    Map<String, Function<Network.Subnet, String>> filters =
        Map.of(
            "vpc-id", _ -> network.vpcId(),
            "subnet-id", Network.Subnet::id,
            "availability-zone", Network.Subnet::zone,
            "map-public-ip-on-launch", s -> String.valueOf(s.open()),
            "state", _ -> "available");
    return network.subnets().stream()
        .filter(s -> ids.isEmpty() || ids.contains(s.id()))
        .filter(s -> matches(form, filters, s))
        .toList();
  }

  private List<String> vpcs(Form form) {
    List<String> ids = form.list("VpcId");
    for (String id : ids) {
      if (!id.equals(network.vpcId())) {
        throw new AwsException(
            400, "InvalidVpcID.NotFound", "The vpc ID '" + id + "' does not exist");
      }
    }
    Map<String, Function<String, String>> filters =
        Map.of("vpc-id", id -> id, "state", _ -> "available", "is-default", _ -> "false");
    return List.of(network.vpcId()).stream().filter(id -> matches(form, filters, id)).toList();
  }

  private List<String> groups(Form form) {
    List<String> ids = form.list("GroupId");
    for (String id : ids) {
      if (!id.equals(network.securityGroupId())) {
        throw new AwsException(
            400, "InvalidGroup.NotFound", "The security group '" + id + "' does not exist");
      }
    }
    Map<String, Function<String, String>> filters =
        Map.of("vpc-id", _ -> network.vpcId(), "group-id", id -> id, "group-name", _ -> "default");
    return List.of(network.securityGroupId()).stream()
        .filter(id -> matches(form, filters, id))
        .toList();
  }

  private static <T> boolean matches(
      Form form, Map<String, Function<T, String>> known, T candidate) {
    for (Form filter : form.structures("Filter")) {
      String name = filter.need("Name");
      Function<T, String> value = known.get(name);
      if (value == null) {
        throw new AwsException(
            400, "InvalidParameterValue", "The filter '" + name + "' is invalid");
      }
      if (!filter.list("Value").contains(value.apply(candidate))) {
        return false;
      }
    }
    return true;
  }

  private void writeSubnet(Xml xml, Network.Subnet subnet) {
    xml.text("subnetId", subnet.id())
        .text("subnetArn", "arn:aws:ec2:%s:%s:subnet/%s".formatted(region, accountId, subnet.id()))
        .text("state", "available")
        .text("ownerId", accountId)
        .text("vpcId", network.vpcId())
        .text("cidrBlock", subnet.cidr())
        .text("availableIpAddressCount", free(subnet))
        .text("availabilityZone", subnet.zone())
        .text("availabilityZoneId", subnet.zoneId())
        .text("defaultForAz", false)
        .text("mapPublicIpOnLaunch", subnet.open())
        .element("tagSet", tags -> writeName(tags, name(subnet)));
  }

  private int free(Network.Subnet subnet) {
    int prefix = Integer.parseInt(subnet.cidr().substring(subnet.cidr().indexOf('/') + 1));
    return Math.max(0, (1 << (ADDRESS_BITS - prefix)) - KEPT - inUse.applyAsInt(subnet.id()));
  }

  private static String name(Network.Subnet subnet) {
    return (subnet.open() ? "public-" : "private-") + subnet.zone();
  }

  private void writeVpc(Xml xml) {
    xml.text("vpcId", network.vpcId())
        .text("ownerId", accountId)
        .text("state", "available")
        .text("cidrBlock", network.cidr())
        .text("dhcpOptionsId", "dopt-0a1b2c3d4e5f60001")
        .text("instanceTenancy", "default")
        .text("isDefault", false)
        .element("tagSet", tags -> writeName(tags, "sandbox"));
  }

  private void writeGroup(Xml xml, String id) {
    xml.text("ownerId", accountId)
        .text("groupId", id)
        .text("groupName", "default")
        .text("groupDescription", "default VPC security group")
        .text("vpcId", network.vpcId())
        .element("ipPermissions", _ -> {})
        .element("ipPermissionsEgress", _ -> {});
  }

  private void writeZone(Xml xml, Network.Subnet subnet) {
    xml.text("zoneName", subnet.zone())
        .text("zoneId", subnet.zoneId())
        .text("zoneState", "available")
        .text("zoneType", "availability-zone")
        .text("optInStatus", "opt-in-not-required")
        .text("regionName", region)
        .text("groupName", region);
  }

  private void writeRegion(Xml xml, String name) {
    xml.text("regionName", name)
        .text("regionEndpoint", "ec2." + name + ".amazonaws.com")
        .text("optInStatus", "opt-in-not-required");
  }

  private static void writeName(Xml tags, String name) {
    tags.element("item", tag -> tag.text("key", "Name").text("value", name));
  }

  private static <T> AwsResponse answer(
      AwsRequest request,
      String operation,
      String set,
      List<T> items,
      java.util.function.BiConsumer<Xml, T> writer) {
    Consumer<Xml> content =
        xml -> xml.text("requestId", request.requestId()).list(set, "item", items, writer);
    return AwsResponse.xml(200, Xml.document(operation + "Response", NAMESPACE, content));
  }

  @Override
  public AwsResponse error(AwsRequest request, AwsException error) {
    boolean signature =
        Set.of("SignatureDoesNotMatch", "InvalidClientTokenId", "ExpiredToken")
            .contains(error.code());
    String code = signature ? "AuthFailure" : error.code();
    int status = signature ? 401 : error.status();
    return AwsResponse.xml(
        status,
        Xml.document(
            "Response",
            r ->
                r.element("Errors", all -> all.element("Error", e -> writeError(e, code, error)))
                    .text("RequestID", request.requestId())));
  }

  private static void writeError(Xml xml, String code, AwsException error) {
    xml.text("Code", code).text("Message", error.getMessage());
  }
}
