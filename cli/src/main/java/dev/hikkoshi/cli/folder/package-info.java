/**
 * Makes an environment's folder: its texts held against the reader that will read them, and written
 * where nothing is lost. What they are made of ({@code init}: a team's files, {@code adopt}: a
 * cluster that is there) is not known here.
 */
@NullMarked
package dev.hikkoshi.cli.folder;

import org.jspecify.annotations.NullMarked;
