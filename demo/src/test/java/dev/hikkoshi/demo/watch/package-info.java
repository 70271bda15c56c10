/** Tests of what is in this package. */
@NullMarked
package dev.hikkoshi.demo.watch;

import org.jspecify.annotations.NullMarked;
