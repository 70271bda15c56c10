/** The account's roles and its OIDC providers. */
@NullMarked
package dev.hikkoshi.sandbox.iam;

import org.jspecify.annotations.NullMarked;
