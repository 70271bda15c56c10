/**
 * YAML that remembers where each word stands, and a strict toolkit to read it: every problem of a
 * file is found in one reading, with line and column, and none is thrown. Knows nothing of what is
 * read.
 */
@NullMarked
package dev.hikkoshi.environments.reading;

import org.jspecify.annotations.NullMarked;
