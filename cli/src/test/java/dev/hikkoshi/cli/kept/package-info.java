@NullMarked
package dev.hikkoshi.cli.kept;

import org.jspecify.annotations.NullMarked;
