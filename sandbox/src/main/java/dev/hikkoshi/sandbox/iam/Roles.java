package dev.hikkoshi.sandbox.iam;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The roles of the account. They are there from the beginning: Hikkoshi names roles and never makes
 * them.
 */
public final class Roles {

  private static final Instant MADE = Instant.parse("2026-01-05T00:00:00Z");

  private final List<Role> all;

  /**
   * A role.
   *
   * @param name the role's name
   * @param arn its ARN
   * @param id begins with AROA
   * @param trustPolicy who may take it on, as JSON
   * @param createdAt when it was made
   */
  public record Role(String name, String arn, String id, String trustPolicy, Instant createdAt) {}

  private Roles(List<Role> all) {
    this.all = List.copyOf(all);
  }

  /**
   * The roles every sandbox has: {@code hikkoshi} for the controller, {@code eks-cluster} for
   * control planes, {@code eks-node} for nodes, {@code traffic} to stand for the role in an account
   * that owns zones and load balancers.
   */
  public static Roles seed(String accountId) {
    String anybody = "{\"AWS\":\"arn:aws:iam::" + accountId + ":root\"}";
    return new Roles(
        List.of(
            role(accountId, "eks-cluster", "AROASANDBOXCLUSTER001", service("eks.amazonaws.com")),
            role(accountId, "eks-node", "AROASANDBOXNODE000001", service("ec2.amazonaws.com")),
            role(accountId, "hikkoshi", "AROASANDBOXHIKKOSHI01", anybody),
            role(accountId, "traffic", "AROASANDBOXTRAFFIC001", anybody)));
  }

  private static String service(String name) {
    return "{\"Service\":\"" + name + "\"}";
  }

  private static Role role(String accountId, String name, String id, String principal) {
    String trust =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":%s,\
        "Action":"sts:AssumeRole"}]}"""
            .formatted(principal);
    return new Role(name, "arn:aws:iam::" + accountId + ":role/" + name, id, trust, MADE);
  }

  /** All roles by name. */
  public List<Role> all() {
    return all;
  }

  /** The role of that ARN. */
  public Optional<Role> byArn(String arn) {
    return all.stream().filter(role -> role.arn().equals(arn)).findFirst();
  }

  /** The role of that name. */
  public Optional<Role> byName(String name) {
    return all.stream().filter(role -> role.name().equals(name)).findFirst();
  }
}
