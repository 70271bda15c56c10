/**
 * Route 53 as AWS documents it: hosted zones, their record sets, changes that are accepted at once
 * and answered by name servers only when they are INSYNC. The rules of a change batch are pure
 * ({@code ChangeRules}); the name server that answers lives in {@code dns}.
 */
@NullMarked
package dev.hikkoshi.sandbox.route53;

import org.jspecify.annotations.NullMarked;
