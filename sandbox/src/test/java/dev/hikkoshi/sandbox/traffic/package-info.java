/**
 * Zones, load balancers, name server and metrics together: called by the real AWS SDK, asked by a
 * real resolver, loaded with real requests.
 */
@NullMarked
package dev.hikkoshi.sandbox.traffic;

import org.jspecify.annotations.NullMarked;
