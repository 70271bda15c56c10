/** Tests of what is in this package. */
@NullMarked
package dev.hikkoshi.demo.story;

import org.jspecify.annotations.NullMarked;
