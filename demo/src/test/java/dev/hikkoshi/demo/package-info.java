/** Tests of the command line. */
@NullMarked
package dev.hikkoshi.demo;

import org.jspecify.annotations.NullMarked;
