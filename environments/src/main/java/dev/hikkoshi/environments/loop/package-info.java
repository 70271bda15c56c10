/**
 * One pass: observe, plan, remember the intent, execute, remember the outcome. It knows ports only,
 * so that the simulator drives the very code that production runs.
 */
@NullMarked
package dev.hikkoshi.environments.loop;

import org.jspecify.annotations.NullMarked;
