/** Tests of what is in this package. */
@NullMarked
package dev.hikkoshi.demo.evidence;

import org.jspecify.annotations.NullMarked;
