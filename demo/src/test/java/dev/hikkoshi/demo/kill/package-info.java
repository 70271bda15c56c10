/** Tests of what judges the kill runs. */
@NullMarked
package dev.hikkoshi.demo.kill;

import org.jspecify.annotations.NullMarked;
