/**
 * Where definitions come from, as the engine needs it: commits, their files, their first parents,
 * and the one branch that the upgrade schedule pushes.
 */
@NullMarked
package dev.hikkoshi.controller.source;

import org.jspecify.annotations.NullMarked;
