/**
 * What is remembered, in the management cluster's Kubernetes API: the record of each environment as
 * one document that is written by compare-and-set, Cluster and Move objects as projections of it,
 * the view for people, their commands, and the lease of the leader. Losing all of it loses no
 * cluster and moves no traffic: the core holds.
 */
@NullMarked
package dev.hikkoshi.clusters.record;

import org.jspecify.annotations.NullMarked;
