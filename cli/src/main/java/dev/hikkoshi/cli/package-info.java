/**
 * The {@code hikkoshi} command: parsing, exit codes, what goes where. Words come from the core's
 * views, data from the management cluster with the user's own rights. No container framework, so
 * that the first line is there at once.
 */
@NullMarked
package dev.hikkoshi.cli;

import org.jspecify.annotations.NullMarked;
