/** Collections that records are made of. */
@NullMarked
package dev.hikkoshi.environments.collection;

import org.jspecify.annotations.NullMarked;
