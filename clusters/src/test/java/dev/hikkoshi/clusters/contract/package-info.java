/**
 * What a gateway promises, as one set of tests for all who keep the promise: the in-memory gateways
 * of the simulator, the adapters on the sandbox, and the adapters on moto, which nobody here wrote.
 * Each row names the page of AWS that it rests on. What a world cannot play it says, and the row is
 * skipped with that reason.
 */
@NullMarked
package dev.hikkoshi.clusters.contract;

import org.jspecify.annotations.NullMarked;
