/**
 * What must be remembered because it cannot be observed: when a step began, verdicts, holds,
 * intents, and for each cluster the definition it was built from.
 */
@NullMarked
package dev.hikkoshi.environments.record;

import org.jspecify.annotations.NullMarked;
