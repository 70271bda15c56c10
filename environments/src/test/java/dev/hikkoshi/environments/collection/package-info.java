/** Collections of records. */
@NullMarked
package dev.hikkoshi.environments.collection;

import org.jspecify.annotations.NullMarked;
