/**
 * The journal of a move held against the rules, by what was written and when alone. Nothing here
 * knows how the planner decides, so that a mistake of the planner's is not made twice.
 */
@NullMarked
package dev.hikkoshi.environments.history;

import org.jspecify.annotations.NullMarked;
