/** The tables of rights against the code that needs them, and against what is published. */
@NullMarked
package dev.hikkoshi.controller.rights;

import org.jspecify.annotations.NullMarked;
