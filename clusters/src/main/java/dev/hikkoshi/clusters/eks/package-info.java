/**
 * EKS and STS behind the core's ports: clusters and what hangs on them, who we are, and the tokens
 * that a cluster's Kubernetes API accepts. Facts that the code rests on are those of the EKS
 * service model; where AWS's documentation is meant, it is said.
 */
@NullMarked
package dev.hikkoshi.clusters.eks;

import org.jspecify.annotations.NullMarked;
