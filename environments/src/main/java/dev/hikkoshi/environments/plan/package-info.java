/**
 * From what is wanted, seen and remembered to the next actions. Pure: no client, clock, logger or
 * random.
 */
@NullMarked
package dev.hikkoshi.environments.plan;

import org.jspecify.annotations.NullMarked;
