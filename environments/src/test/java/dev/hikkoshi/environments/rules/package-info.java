/** One test and more for each rule of the move that holds today; listed in docs/rules.md. */
@NullMarked
package dev.hikkoshi.environments.rules;

import org.jspecify.annotations.NullMarked;
