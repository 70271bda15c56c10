package dev.hikkoshi.sandbox.ec2;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The network that the account owns. It is there from the beginning and never changes.
 *
 * @param vpcId for example {@code vpc-0a1b2c3d4e5f60001}
 * @param cidr the VPC's addresses
 * @param subnets in the order of their names
 * @param securityGroupId the VPC's default security group
 */
public record Network(String vpcId, String cidr, List<Subnet> subnets, String securityGroupId) {

  public Network {
    subnets = List.copyOf(subnets);
  }

  /**
   * A subnet.
   *
   * @param id for example {@code subnet-0a1b2c3d4e5f60001}
   * @param zone its availability zone, for example {@code ap-northeast-1a}
   * @param zoneId for example {@code apne1-az4}
   * @param cidr its addresses
   * @param open whether it has a route to the internet ("public")
   */
  public record Subnet(String id, String zone, String zoneId, String cidr, boolean open) {}

  /** The network every sandbox has: two zones, in each a public and a private subnet. */
  public static Network seed(String region) {
    return new Network(
        "vpc-0a1b2c3d4e5f60001",
        "10.0.0.0/8",
        Stream.of(
                new Subnet("subnet-0a1b2c3d4e5f60001", region + "a", "az1", "10.0.0.0/20", true),
                new Subnet("subnet-0a1b2c3d4e5f60002", region + "c", "az2", "10.0.16.0/20", true),
                new Subnet("subnet-0a1b2c3d4e5f60003", region + "a", "az1", "10.0.32.0/20", false),
                new Subnet("subnet-0a1b2c3d4e5f60004", region + "c", "az2", "10.0.48.0/20", false))
            .toList(),
        "sg-0a1b2c3d4e5f60001");
  }

  /** The subnet of that id. */
  public Optional<Subnet> subnet(String id) {
    return subnets.stream().filter(subnet -> subnet.id().equals(id)).findFirst();
  }
}
