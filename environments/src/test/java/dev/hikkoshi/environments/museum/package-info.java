/**
 * The museum: planted bugs, each a small change of the planner's source as somebody could have made
 * it, and the simulator that must find every one of them. A rule that no exhibit breaks is a rule
 * of which nobody knows whether it is looked at.
 */
@NullMarked
package dev.hikkoshi.environments.museum;

import org.jspecify.annotations.NullMarked;
