/**
 * Rule 0: what releases would do outside their cluster. A closed list of kinds, a small detector
 * for each controller that AWS users run, and the judgement whether a person's word settles what
 * was found. Everything here is a function of rendered objects; nothing is asked.
 */
@NullMarked
package dev.hikkoshi.environments.check.outside;

import org.jspecify.annotations.NullMarked;
