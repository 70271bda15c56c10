/** One class for each command: its flags, what it asks, what it prints and how it ends. */
@NullMarked
package dev.hikkoshi.cli.command;

import org.jspecify.annotations.NullMarked;
