/** The command line as people and scripts meet it: words in, text and exit code out. */
@NullMarked
package dev.hikkoshi.cli;

import org.jspecify.annotations.NullMarked;
