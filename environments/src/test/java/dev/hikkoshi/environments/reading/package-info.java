/** Tests of {@code reading}. */
@NullMarked
package dev.hikkoshi.environments.reading;

import org.jspecify.annotations.NullMarked;
