/**
 * What an account has beside clusters and traffic: subnets, roles, OIDC providers. Only read, and
 * only for people who ask before a move; the controller does without.
 */
@NullMarked
package dev.hikkoshi.clusters.account;

import org.jspecify.annotations.NullMarked;
