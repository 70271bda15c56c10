@NullMarked
package dev.hikkoshi.cli.folder;

import org.jspecify.annotations.NullMarked;
