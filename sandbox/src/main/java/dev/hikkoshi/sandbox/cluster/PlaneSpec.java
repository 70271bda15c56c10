package dev.hikkoshi.sandbox.cluster;

/**
 * What a control plane is to be.
 *
 * @param name the cluster's name
 * @param arn its ARN
 * @param minor Kubernetes minor, for example {@code 1.36}
 * @param serviceCidr where ClusterIPs come from, a /16
 * @param issuer the issuer of its service account tokens
 */
public record PlaneSpec(String name, String arn, String minor, String serviceCidr, String issuer) {}
