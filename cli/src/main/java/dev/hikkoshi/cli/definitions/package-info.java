/** Environments of a folder or of a commit, as the commands that judge them want them. */
@NullMarked
package dev.hikkoshi.cli.definitions;

import org.jspecify.annotations.NullMarked;
