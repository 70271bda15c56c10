/** Tests of what only the planner itself can reach. */
@NullMarked
package dev.hikkoshi.environments.plan;

import org.jspecify.annotations.NullMarked;
