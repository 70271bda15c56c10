package dev.hikkoshi.sandbox.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/**
 * How to reach a cluster as its administrator.
 *
 * @param name the cluster's name in EKS
 * @param arn its ARN
 * @param minor Kubernetes minor, for example {@code 1.36}
 * @param endpoint {@code https://127.0.0.1:PORT}
 * @param podCidr the /16 its pods get addresses from
 * @param kubeconfig a file with a client certificate in {@code system:masters}, mode 0600
 * @param audit the API server's audit log: one JSON line for every request that is no read, refused
 *     ones and dry runs included, without bodies
 * @param client a client for it, shared and closed by the sandbox; do not close it. Unlike a
 *     client's default it sends as many requests as it is asked to
 */
public record ClusterAccess(
    String name,
    String arn,
    String minor,
    String endpoint,
    String podCidr,
    Path kubeconfig,
    Path audit,
    KubernetesClient client) {}
