package dev.hikkoshi.environments.check.doctor;

/**
 * A quota of AWS that a move can run into. Codes and default values: AWS General Reference, "Amazon
 * EKS endpoints and quotas" and "Elastic Load Balancing endpoints and quotas", and "Known limits
 * and service quotas" of the EKS best practices guide for IAM's.
 */
public enum Quota {
  /** A new cluster needs one more. */
  CLUSTERS("eks", "L-1194D53C", 100, "EKS clusters in the region"),
  /** A definition with more of them cannot be built. */
  NODEGROUPS("eks", "L-6D54EA21", 30, "managed node groups in a cluster"),
  /** A group that is larger cannot be built. */
  NODES("eks", "L-BD136A63", 450, "nodes in a managed node group"),
  /** Who has IAM roles for ServiceAccounts makes one for each cluster. */
  PROVIDERS("iam", "L-858F3967", 100, "OIDC providers in the account"),
  /** A route with a name has a load balancer of its own in each cluster. */
  BALANCERS("elasticloadbalancing", "L-53DA6B97", 50, "Application Load Balancers in the region");

  private final String service;
  private final String code;
  private final int standard;
  private final String what;

  Quota(String service, String code, int standard, String what) {
    this.service = service;
    this.code = code;
    this.standard = standard;
    this.what = what;
  }

  /** Service Quotas' name of the service. */
  public String service() {
    return service;
  }

  /** Service Quotas' name of the quota. */
  public String code() {
    return code;
  }

  /** What an account has before it asks for more. */
  public int standard() {
    return standard;
  }

  /** What is counted. */
  public String what() {
    return what;
  }
}
