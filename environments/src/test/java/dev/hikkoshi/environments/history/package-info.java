/** Real journals, with one line that should not be there. */
@NullMarked
package dev.hikkoshi.environments.history;

import org.jspecify.annotations.NullMarked;
