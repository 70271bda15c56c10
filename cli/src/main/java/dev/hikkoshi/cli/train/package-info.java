/**
 * What makes a process start sooner, done once after a build by the launcher. Nothing here runs in
 * a command that a person gives, and nothing depends on its having run.
 */
@NullMarked
package dev.hikkoshi.cli.train;

import org.jspecify.annotations.NullMarked;
