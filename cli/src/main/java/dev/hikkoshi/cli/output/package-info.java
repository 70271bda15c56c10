/** How things are printed: tables, JSON, YAML, names, colour. No words of its own. */
@NullMarked
package dev.hikkoshi.cli.output;

import org.jspecify.annotations.NullMarked;
