/**
 * Service Quotas: what the sandbox refuses beyond, by AWS's codes. The services hold themselves to
 * these very numbers.
 */
@NullMarked
package dev.hikkoshi.sandbox.quotas;

import org.jspecify.annotations.NullMarked;
