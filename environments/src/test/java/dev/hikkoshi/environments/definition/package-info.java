/** Definitions judged by files and what is expected of them. */
@NullMarked
package dev.hikkoshi.environments.definition;

import org.jspecify.annotations.NullMarked;
