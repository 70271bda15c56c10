@NullMarked
package dev.hikkoshi.cli.adopt;

import org.jspecify.annotations.NullMarked;
