package dev.hikkoshi.sandbox.quotas;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A quota that the sandbox knows. AWS General Reference, endpoints and quotas of EKS and ELB; for
 * IAM's provider the EKS best practices guide.
 */
public enum ServiceQuota {
  CLUSTERS("eks", "L-1194D53C", "Clusters", 100, true),
  NODEGROUPS("eks", "L-6D54EA21", "Managed node groups per cluster", 30, true),
  NODES("eks", "L-BD136A63", "Nodes per managed node group", 450, false),
  PROVIDERS("iam", "L-858F3967", "OpenId connect providers per account", 100, false),
  BALANCERS(
      "elasticloadbalancing", "L-53DA6B97", "Application Load Balancers per Region", 50, true);

  private final String service;
  private final String code;
  private final String title;
  private final int value;
  private final boolean applied;

  ServiceQuota(String service, String code, String title, int value, boolean applied) {
    this.service = service;
    this.code = code;
    this.title = title;
    this.value = value;
    this.applied = applied;
  }

  static Optional<ServiceQuota> of(String service, String code) {
    return Stream.of(values())
        .filter(quota -> quota.service.equals(service) && quota.code.equals(code))
        .findFirst();
  }

  static boolean knowsService(String service) {
    return Stream.of(values()).anyMatch(quota -> quota.service.equals(service));
  }

  /** How many there may be. */
  public int value() {
    return value;
  }

  String service() {
    return service;
  }

  String code() {
    return code;
  }

  String title() {
    return title;
  }

  /** Of some quotas AWS has but the default value. */
  boolean applied() {
    return applied;
  }

  /** IAM has no region: its quotas are kept in one. */
  boolean global() {
    return this == PROVIDERS;
  }
}
