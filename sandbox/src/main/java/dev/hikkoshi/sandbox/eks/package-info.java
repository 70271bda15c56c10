/**
 * EKS: its wire format, its rules and its state machines. What a cluster is made of belongs to
 * {@code dev.hikkoshi.sandbox.cluster}.
 */
@NullMarked
package dev.hikkoshi.sandbox.eks;

import org.jspecify.annotations.NullMarked;
