@NullMarked
package dev.hikkoshi.cli.apps;

import org.jspecify.annotations.NullMarked;
