/** Tests of what is in this package. */
@NullMarked
package dev.hikkoshi.demo.stage;

import org.jspecify.annotations.NullMarked;
