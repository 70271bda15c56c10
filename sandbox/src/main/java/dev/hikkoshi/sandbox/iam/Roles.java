package dev.hikkoshi.sandbox.iam;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The roles of the account. Some are there from the beginning; people make others. Thread-safe. */
public final class Roles {

  private static final Instant MADE = Instant.parse("2026-01-05T00:00:00Z");

  private final Map<String, Role> all = new ConcurrentSkipListMap<>();

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

  private Roles(List<Role> seed) {
    seed.forEach(this::put);
  }

  /** Adds a role, or replaces the one of its name. */
  void put(Role role) {
    all.put(role.name(), role);
  }

  /** Takes a role away. */
  void remove(String name) {
    all.remove(name);
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
    return List.copyOf(all.values());
  }

  /** The role of that ARN. */
  public Optional<Role> byArn(String arn) {
    return all.values().stream().filter(role -> role.arn().equals(arn)).findFirst();
  }

  /** The role of that name. */
  public Optional<Role> byName(String name) {
    return Optional.ofNullable(all.get(name));
  }
}
